// Does what a file beside the module says: <module>.knobs holds words such as "extra=100 allocations=3 wrong crash".
// So one module, copied to two folders, is a base build and a head build with a known difference.
#include <dlfcn.h>

#include <fstream>
#include <map>

#include "tests/stub_plugins/stub.hpp"

namespace {

std::map<std::string, std::uint64_t> read_knobs() {
  static const char here = 0;
  Dl_info module{};
  std::map<std::string, std::uint64_t> knobs;
  if (::dladdr(&here, &module) == 0) return knobs;
  std::ifstream file(std::string(module.dli_fname) + ".knobs");
  for (std::string word; file >> word;) {
    const std::size_t equals = word.find('=');
    knobs[word.substr(0, equals)] = equals == std::string::npos ? 1 : std::stoull(word.substr(equals + 1));
  }
  return knobs;
}

class Adjustable : public assay::stub::Stub {
 public:
  Adjustable(assay::stub::Host host, const assay::stub::Params& params)
      : Stub(host, params), knobs_(read_knobs()), extra_(knobs_["extra"]) {}

  void run() {
    if (knobs_.at("crash") != 0) std::abort();
    Stub::run();
    std::uint64_t sum = 0;
    for (const std::int32_t date : input_dates_) {
      sum = assay::stub::mix(sum + static_cast<std::uint32_t>(date), rounds_ * extra_ / 100);  // one after the other
    }
    wasted_ = sum;
    for (std::uint64_t i = 0; i < knobs_.at("allocations"); ++i) kept_.push_back(std::string(100 + i, 'x'));
    kept_.clear();
    mixed_.at(0) += knobs_.at("wrong");
  }

 private:
  struct Knobs : std::map<std::string, std::uint64_t> {
    explicit Knobs(std::map<std::string, std::uint64_t> read) : map(std::move(read)) {
      for (const char* const name : {"extra", "allocations", "wrong", "crash"}) (*this)[name];
    }
  };
  Knobs knobs_;
  std::uint64_t extra_;  // percent more work for nothing
  std::vector<std::string> kept_;
  volatile std::uint64_t wasted_ = 0;
};

}  // namespace

ASSAY_STUB(Adjustable, "as slow, wasteful or wrong as a file says")
