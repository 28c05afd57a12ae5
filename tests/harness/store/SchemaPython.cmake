# Sets ASSAY_SCHEMA_PYTHON to the first python that has jsonschema, or to nothing: tests then skip with the reason.
set(ASSAY_SCHEMA_PYTHON "")
foreach(candidate IN ITEMS $ENV{PYTHON} python3 /usr/bin/python3)
  execute_process(COMMAND ${candidate} -c "import jsonschema" RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
  if(status EQUAL 0)
    set(ASSAY_SCHEMA_PYTHON ${candidate})
    break()
  endif()
endforeach()
