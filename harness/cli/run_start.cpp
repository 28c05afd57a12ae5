#include "harness/cli/run_start.hpp"

#include <sched.h>

#include <chrono>
#include <memory>
#include <utility>

#include "harness/cli/arms.hpp"
#include "harness/cli/dataset_cache.hpp"
#include "harness/core/files.hpp"
#include "harness/measure/environment.hpp"
#include "harness/measure/machine_noise.hpp"
#include "harness/store/time_text.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

// The host keeps the first CPU it may use and the workers get the last ones, where there are enough.
std::vector<int> pin(std::uint32_t threads) {
  const std::vector<int> cpus = measure::allowed_cpus();
  if (cpus.size() < 2 || threads > cpus.size() - 1) return {};
  cpu_set_t host;
  CPU_ZERO(&host);
  CPU_SET(static_cast<unsigned>(cpus.front()), &host);
  if (::sched_setaffinity(0, sizeof host, &host) != 0) return {};
  return {cpus.end() - threads, cpus.end()};
}

Status open_datasets(const RunRequest& request, const Plan& plan, RunContext& context) {
  for (const std::string& name : plan.datasets()) {
    ASSAY_TRY(const fs::path folder, ensure_dataset(context.home, name, plan.profile, plan.seed, request.quiet));
    ASSAY_TRY(datasets::Dataset dataset, datasets::Dataset::open(folder));
    ASSAY_CHECK(dataset.verify());
    context.dataset_folders[name] = folder;
    context.datasets.emplace(name, std::move(dataset));
  }
  return {};
}

}  // namespace

Result<fs::path> make_run_folder(const RunRequest& request, const Home& home) {
  fs::path folder = request.output;
  if (folder.empty()) {
    const std::string what = request.suite.value_or(request.audits.empty() ? "compare" : request.audits.front());
    const std::string stamp = store::utc_stamp(std::chrono::system_clock::now()) + "-" + what;
    folder = home.runs() / stamp;
    for (int i = 2; fs::exists(folder); ++i) folder = home.runs() / (stamp + "-" + std::to_string(i));
  } else if (fs::exists(folder / store::kJournalFile)) {
    return fail(ErrorKind::kUsage, "'{}' already holds a run; give another folder, remove it, or go on with --resume",
                folder.string());
  }
  ASSAY_CHECK(make_folder(folder / "records"));
  return folder;
}

Status open_machine(RunSetup& setup) {
  RunContext& context = setup.context;
  ASSAY_CHECK(open_datasets(setup.request, setup.plan, context));
  // Without one everything is made anew: slower and no less right.
  if (auto cache = TemporaryFolder::make("cache")) {
    context.cache_folder = std::make_shared<const TemporaryFolder>(std::move(*cache));
  }
  context.worker_cpus = pin(setup.request.threads);
  context.environment = measure::read_environment(context.home.root);
  context.environment["pinned_cpus"] = context.worker_cpus.empty() ? Json(nullptr) : Json(context.worker_cpus);
  if (context.home.simulated) {  // nothing of it is measured
    context.environment["clock"] = "simulated";
    context.environment["load_average"] = context.environment["steal_ticks"] = nullptr;
  }
  setup.created_utc = utc_now(context);
  return {};
}

Result<OpenRun> begin_run(RunSetup& setup, fs::path& folder) {
  const auto flush = setup.request.flush_samples ? store::Flush::kEveryLine : store::Flush::kAtBoundaries;
  ASSAY_TRY(const Json header, make_header(setup));
  if (!setup.request.resume.empty()) {
    folder = setup.request.resume;
    ASSAY_TRY(OpenRun run, open_run(folder, header, flush));
    ASSAY_CHECK(make_folder(folder / "records"));
    ASSAY_TRY(setup.created_utc, member<std::string>(run.past.header, "run_started", "utc"));
    ASSAY_TRY(setup.request.command, member<std::string>(run.past.header, "run_started", "command"));
    setup.context.environment = run.past.header["environment"];
    return run;
  }
  ASSAY_TRY(folder, make_run_folder(setup.request, setup.context.home));
  ASSAY_TRY(store::Journal journal, store::Journal::create(folder / store::kJournalFile, flush));
  ASSAY_CHECK(journal.append("run_started", header));
  ASSAY_CHECK(journal.sync());
  return OpenRun{std::move(journal), {}};
}

}  // namespace assay::cli
