// Calls of NVRTC through pointers.
#include "matcher/gpu/device/nvrtc.hpp"

#include <nvrtc.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "matcher/gpu/device/dynamic_library.hpp"

namespace matcher::gpu {

std::vector<std::string> nvrtc_library_names() {
  return {"libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so"};
}

struct Nvrtc::Functions {
  explicit Functions(DynamicLibrary opened) : library(std::move(opened)) {}

  [[nodiscard]] Status load() {
    Status status = library.find("nvrtcVersion", version);
    const auto next = [&](const char* name, auto*& function) {
      if (status) status = library.find(name, function);
    };
    next("nvrtcGetErrorString", error_text);
    next("nvrtcCreateProgram", create);
    next("nvrtcDestroyProgram", destroy);
    next("nvrtcCompileProgram", compile);
    next("nvrtcAddNameExpression", add_expression);
    next("nvrtcGetLoweredName", lowered_name);
    next("nvrtcGetCUBINSize", cubin_size);
    next("nvrtcGetCUBIN", cubin);
    next("nvrtcGetPTXSize", ptx_size);
    next("nvrtcGetPTX", ptx);
    next("nvrtcGetProgramLogSize", log_size);
    next("nvrtcGetProgramLog", log);
    return status;
  }

  DynamicLibrary library;
  decltype(nvrtcVersion)* version = nullptr;
  decltype(nvrtcGetErrorString)* error_text = nullptr;
  decltype(nvrtcCreateProgram)* create = nullptr;
  decltype(nvrtcDestroyProgram)* destroy = nullptr;
  decltype(nvrtcCompileProgram)* compile = nullptr;
  decltype(nvrtcAddNameExpression)* add_expression = nullptr;
  decltype(nvrtcGetLoweredName)* lowered_name = nullptr;
  decltype(nvrtcGetCUBINSize)* cubin_size = nullptr;
  decltype(nvrtcGetCUBIN)* cubin = nullptr;
  decltype(nvrtcGetPTXSize)* ptx_size = nullptr;
  decltype(nvrtcGetPTX)* ptx = nullptr;
  decltype(nvrtcGetProgramLogSize)* log_size = nullptr;
  decltype(nvrtcGetProgramLog)* log = nullptr;
};

namespace {

std::vector<const char*> pointers(const std::vector<std::string>& texts) {
  std::vector<const char*> found;
  for (const std::string& text : texts) found.push_back(text.c_str());
  return found;
}

// The first line that says "error", or the first line.
std::string first_error(std::string_view log) {
  const std::size_t error = log.find("error");
  const std::size_t end_before = error == std::string_view::npos ? std::string_view::npos : log.rfind('\n', error);
  const std::size_t begin = end_before == std::string_view::npos ? 0 : end_before + 1;
  return std::string(log.substr(begin, log.find('\n', begin) - begin));
}

}  // namespace

Nvrtc::Nvrtc(std::unique_ptr<Functions> functions) : functions_(std::move(functions)) {}
Nvrtc::Nvrtc(Nvrtc&&) noexcept = default;
Nvrtc::~Nvrtc() = default;

Result<Nvrtc> Nvrtc::open(const std::vector<std::string>& names) {
  auto library = DynamicLibrary::open(names);
  if (!library) return matcher::hand_on(library);
  auto functions = std::make_unique<Functions>(std::move(*library));
  if (Status loaded = functions->load(); !loaded) return matcher::hand_on(loaded);
  return Nvrtc(std::move(functions));
}

int Nvrtc::version() const {
  int major = 0;
  int minor = 0;
  functions_->version(&major, &minor);
  return major * 1000 + minor * 10;
}

Result<CompiledKernel> Nvrtc::compile(const KernelSource& source) const {
  const Functions& nvrtc = *functions_;
  std::vector<const char*> header_names;
  std::vector<const char*> header_texts;
  for (const auto& [name, text] : source.headers) {
    header_names.push_back(name.c_str());
    header_texts.push_back(text.c_str());
  }
  nvrtcProgram program = nullptr;
  nvrtcResult result = nvrtc.create(&program, source.text.c_str(), source.name.c_str(),
                                    static_cast<int>(header_names.size()), header_texts.data(), header_names.data());
  if (result != NVRTC_SUCCESS) {
    return fail(ErrorKind::kInternal, "nvrtc: cannot begin with '{}': {}", source.name, nvrtc.error_text(result));
  }
  const auto destroy = [&nvrtc](nvrtcProgram* owned) { nvrtc.destroy(owned); };
  const std::unique_ptr<nvrtcProgram, decltype(destroy)> owner(&program, destroy);

  for (const std::string& expression : source.expressions) nvrtc.add_expression(program, expression.c_str());
  std::vector<std::string> options = source.options;
  options.push_back("--gpu-architecture=" + source.architecture);
  const std::vector<const char*> option_texts = pointers(options);
  result = nvrtc.compile(program, static_cast<int>(option_texts.size()), option_texts.data());
  if (result != NVRTC_SUCCESS) {
    std::size_t size = 0;
    nvrtc.log_size(program, &size);
    std::string log(size, '\0');
    if (size > 0) nvrtc.log(program, log.data());
    return fail(ErrorKind::kBadInput, "nvrtc: {}: {}: {}", source.name, nvrtc.error_text(result), first_error(log));
  }

  CompiledKernel compiled;
  const bool machine_code = source.architecture.starts_with("sm_");
  std::size_t size = 0;
  result = machine_code ? nvrtc.cubin_size(program, &size) : nvrtc.ptx_size(program, &size);
  compiled.image.resize(size);
  if (result == NVRTC_SUCCESS) {
    result = machine_code ? nvrtc.cubin(program, compiled.image.data()) : nvrtc.ptx(program, compiled.image.data());
  }
  for (const std::string& expression : source.expressions) {
    const char* lowered = nullptr;
    if (result == NVRTC_SUCCESS) result = nvrtc.lowered_name(program, expression.c_str(), &lowered);
    if (result == NVRTC_SUCCESS) compiled.lowered_names[expression] = lowered;
  }
  if (result != NVRTC_SUCCESS) {
    return fail(ErrorKind::kInternal, "nvrtc: no image of '{}': {}", source.name, nvrtc.error_text(result));
  }
  return compiled;
}

}  // namespace matcher::gpu
