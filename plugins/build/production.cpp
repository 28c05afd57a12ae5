// The production engine; each build variant compiles this file and all engine sources with its own flags.
#include "plugins/persons/production_variant.hpp"

ASSAY_PLUGIN(assay::persons::ProductionVariant, "the production engine, built with the flags its id names",
             ASSAY_LIST("persons.match"), ASSAY_LIST())
