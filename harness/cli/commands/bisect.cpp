// assay bisect: which commit, or which step of a list of variants, brought a slowdown, and how sure that is.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "harness/cli/bisect_comparers.hpp"
#include "harness/cli/bisect_state.hpp"
#include "harness/cli/bisect_view.hpp"
#include "harness/cli/commands.hpp"
#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  double error_percent = 5;
  double answer_error_percent = 1;
  std::optional<double> threshold_percent;
  std::size_t most_steps = 40;
  std::string work;  // empty: <state>/bisect
  std::string json;  // file, or - for standard output
  bool restart = false;
  bool quiet = false;
  // commits
  std::string repository = ".";
  std::string good;
  std::string bad = "HEAD";
  std::string build;
  std::string plugins;
  std::string compare;
  // variants
  std::vector<std::string> variants;
  std::vector<std::string> compare_options;  // handed on to assay compare
};

Result<fs::path> work_folder(const Options& options, const Json& question) {
  fs::path parent = options.work;
  if (parent.empty()) {
    ASSAY_TRY(const Home home, find_home());
    parent = home.state / "bisect";
  }
  const fs::path folder = bisect_folder(fs::absolute(parent), question);
  ASSAY_CHECK(make_folder(folder));
  return folder;
}

Result<int> search(const Options& options, const BisectSubject& subject, const fs::path& folder, Comparer& comparer) {
  BisectPlan plan;
  plan.last = subject.names.size() - 1;
  plan.error = options.error_percent / 100;
  plan.answer_error = options.answer_error_percent / 100;
  if (options.threshold_percent) plan.threshold = std::log1p(*options.threshold_percent / 100);
  plan.most_steps = options.most_steps;
  const fs::path file = folder / "state.json";
  std::error_code ignored;
  if (options.restart) fs::remove(file, ignored);
  ASSAY_TRY(std::vector<BisectStep> steps, read_steps(file, plan.last));
  if (!steps.empty() && !options.quiet) {
    fmt::print(stderr, "going on after {} comparisons of an earlier call; --restart forgets them\n", steps.size());
  }
  const std::vector<BisectStep> earlier = steps;
  const auto taken = [&](const BisectStep& step) -> Status {
    steps.push_back(step);
    if (!options.quiet) {
      fmt::print(stderr, "[{}] {}: {}\n", steps.size(), bisect_label(subject, step.position), bisect_step_text(step));
    }
    return write_steps(file, subject.question, steps);
  };
  ASSAY_TRY(const BisectResult result, bisect(plan, comparer, earlier, taken));
  if (!options.json.empty() && options.json != "-") ASSAY_CHECK(write_json(options.json, bisect_json(result, subject)));
  fmt::print("{}", options.json == "-" ? bisect_json(result, subject).dump(1) + "\n" : bisect_text(result, subject));
  return 0;
}

// Builds refuses it too, where it would be removed; this says it before anything is made.
Status check_product(const fs::path& product) {
  if (bisect::is_below(product)) return {};
  return fail(ErrorKind::kUsage,
              "--plugins '{}' is no folder below the repository's top folder; give what the build makes, such as "
              "build/release/plugins",
              product.string());
}

Result<int> bisect_commits(const Options& options) {
  ASSAY_CHECK(check_product(options.plugins));
  ASSAY_TRY(const fs::path parent, work_folder(options, {{"repository", fs::absolute(options.repository).string()}}));
  // Builds depend on less than answers do: another comparison of the same commits finds them built.
  const fs::path built = bisect_folder(parent, {{"build", options.build}, {"plugins", options.plugins}});
  ASSAY_CHECK(make_folder(built));
  ASSAY_TRY(const FolderLock lock, FolderLock::take(built));
  ASSAY_TRY(const bisect::Repository repository, bisect::Repository::open(options.repository, built, interrupted()));
  ASSAY_TRY(const std::vector<bisect::Commit> commits, repository.commits(options.good, options.bad));
  BisectSubject subject{"commit", {}, {}, {}};
  for (const bisect::Commit& commit : commits) {
    subject.names.push_back(commit.revision.substr(0, 12));
    subject.descriptions.push_back(commit.subject);
  }
  subject.question = {{"good", commits.front().revision},
                      {"bad", commits.back().revision},
                      {"build", options.build},
                      {"plugins", options.plugins},
                      {"compare", options.compare}};
  const fs::path folder = bisect_folder(parent, subject.question);
  ASSAY_CHECK(make_folder(folder));
  bisect::Builds builds(repository, built, {options.build, options.plugins}, interrupted());
  CommitComparer comparer(builds, commits, options.compare, repository.folder(), folder, interrupted());
  const Result<int> code = search(options, subject, folder, comparer);
  if (!code && code.error().kind == ErrorKind::kInterrupted) {
    return fail(ErrorKind::kInterrupted, "{}; the same command goes on from here ({})", code.error().message,
                built.string());
  }
  Status removed = builds.remove_tree();
  if (code && !removed) return hand_on(removed);
  return code;
}

// Digest of every module by name: answers about modules that were built anew are no answers about these.
Result<Json> modules_of(const Options& options) {
  const auto given = std::find(options.compare_options.rbegin(), options.compare_options.rend(), "--plugins");
  fs::path folder;
  if (given != options.compare_options.rend()) {
    folder = *std::prev(given);
  } else {
    ASSAY_TRY(const Home home, find_home());
    folder = home.plugins;
  }
  std::error_code error;
  Json modules = Json::object();
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".so") files.push_back(entry.path());
  }
  if (error) return fail(ErrorKind::kUsage, "cannot read plugin folder '{}': {}", folder.string(), error.message());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    ASSAY_TRY(modules[file.filename().string()], sha256_file(file));
  }
  return modules;
}

Result<int> bisect_variants(const Options& options) {
  if (options.variants.size() < 2) {
    return fail(ErrorKind::kUsage, "give at least two variants, the fast end first");
  }
  BisectSubject subject{"variant", options.variants, std::vector<std::string>(options.variants.size()), {}};
  ASSAY_TRY(const Json modules, modules_of(options));
  subject.question = {{"variants", options.variants}, {"options", options.compare_options}, {"modules", modules}};
  ASSAY_TRY(const fs::path folder, work_folder(options, subject.question));
  ASSAY_TRY(const FolderLock lock, FolderLock::take(folder));
  VariantComparer comparer(options.variants, options.compare_options, folder, interrupted());
  return search(options, subject, folder, comparer);
}

void add_common(CLI::App* command, const std::shared_ptr<Options>& options) {
  command->add_option("--error", options->error_percent, "percent; the named culprit may be wrong this often")
      ->check(finite_between(0.01, 50))
      ->capture_default_str();
  command
      ->add_option("--threshold", options->threshold_percent,
                   "percent; what counts as slower. Default: half of the slowdown of the bad end")
      ->check(finite_between(0, 1000));
  command->add_option("--max-steps", options->most_steps, "comparisons to make at most")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1000}))
      ->capture_default_str();
  command->add_option("--work", options->work, "folder for builds and answers; default: bisect in the state folder");
  command->add_flag("--restart", options->restart, "forget the answers of an earlier call; builds stay");
  command->add_option("--json", options->json,
                      "write the result as assay-bisect/1 to this file, or - for standard output");
  command->add_flag("-q,--quiet", options->quiet, "no progress");
}

void add_commits(CLI::App* parent, Invocation& invocation) {
  CLI::App* const command = parent->add_subcommand("commits", "Find the commit that brought a slowdown");
  const auto options = std::make_shared<Options>();
  command->add_option("--good", options->good, "commit that is fast")->required();
  command->add_option("--bad", options->bad, "later commit that is slow")->capture_default_str();
  command->add_option("--build", options->build, "shell command that builds, run in a worktree of its own")->required();
  command->add_option("--plugins", options->plugins, "folder the build makes, relative to the repository")->required();
  command
      ->add_option(
          "--compare", options->compare,
          "shell command that compares $ASSAY_BASELINE_PLUGINS with $ASSAY_CANDIDATE_PLUGINS: exit status 0 not "
          "slower, 3 slower, 5 undecided, 125 cannot be tested; or an assay run in $ASSAY_RUN")
      ->required();
  command
      ->add_option("--answer-error", options->answer_error_percent,
                   "percent; an exit status of --compare is wrong this often")
      ->check(finite_between(0.001, 49))
      ->capture_default_str();
  command->add_option("--repository", options->repository, "folder in the git repository")->capture_default_str();
  add_common(command, options);
  command->footer(
      "example:\n  assay bisect commits --good v1.2 --bad main --build 'make -j2' --plugins build/plugins "
      "--compare 'bench/compare.sh \"$ASSAY_BASELINE_PLUGINS\" \"$ASSAY_CANDIDATE_PLUGINS\"'");
  command->callback([&invocation, options] { invocation.action = [options] { return bisect_commits(*options); }; });
}

// Options of assay compare that a bisection of variants hands on as they are.
void add_compare_options(CLI::App* command, const std::shared_ptr<Options>& options) {
  for (const auto& [name, text] : std::initializer_list<std::pair<const char*, const char*>>{
           {"--workload", "workload id"},
           {"--parameter,-p", "workload parameter as key=value; repeatable"},
           {"--datasets", "data set"},
           {"--profile", "data set profile"},
           {"--seed", "seed of data and order"},
           {"--budget", "seconds per comparison"},
           {"--launches", "fresh worker processes per arm"},
           {"--threads", "thread budget of a variant"},
           {"--limit", "seconds a call of a plugin may take"},
           {"--plugins", "folder with plugin modules instead of the built ones"}}) {
    const std::string spelled = std::string(name).substr(0, std::string(name).find(','));
    command
        ->add_option_function<std::vector<std::string>>(
            name,
            [options, spelled](const std::vector<std::string>& values) {
              for (const std::string& value : values) {
                options->compare_options.push_back(spelled);
                options->compare_options.push_back(value);
              }
            },
            text)
        ->expected(1)
        ->take_all();
  }
}

void add_variants(CLI::App* parent, Invocation& invocation) {
  CLI::App* const command =
      parent->add_subcommand("variants", "Find the step of a list of variants that brought a slowdown");
  const auto options = std::make_shared<Options>();
  command->add_option("variant", options->variants, "variant ids in order, the fast end first")->required();
  add_compare_options(command, options);
  add_common(command, options);
  command->footer("example:\n  assay bisect variants build.native build.lto build.o3 build.o2 --datasets people-10k");
  command->callback([&invocation, options] { invocation.action = [options] { return bisect_variants(*options); }; });
}

}  // namespace

void add_bisect(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand(
      "bisect", "Find the commit or variant that brought a slowdown, although measurements are noisy");
  command->require_subcommand(1);
  command->footer(
      "example:\n  assay bisect commits --good v1.2 --build 'make -j2' --plugins build/plugins --compare ./compare.sh");
  add_commits(command, invocation);
  add_variants(command, invocation);
}

}  // namespace assay::cli
