// `matcher match`: read, match, write.
#include "matcher/cli/match_command.hpp"

#include <array>

#include "matcher/engine/match_engine.hpp"
#include "matcher/io/csv_reader.hpp"
#include "matcher/io/matches_writer.hpp"
#include "matcher/parallel/fork_join.hpp"

namespace matcher {

Result<MatchSummary> run_match(const MatchRequest& request) {
  std::array<Result<PersonsTable>, 2> tables;
  const std::array<const std::filesystem::path*, 2> paths = {&request.left, &request.right};
  const unsigned threads = request.options.threads == 0 ? available_threads() : request.options.threads;
  fork_join(threads, tables.size(), [&](unsigned, std::size_t i) { tables[i] = read_persons_csv(*paths[i]); });
  for (auto& table : tables) {
    if (!table) return hand_on(table);
  }
  const PersonsView left = tables[0]->view();
  const PersonsView right = tables[1]->view();
  auto matches = match_persons(left, right, request.options);
  if (!matches) return hand_on(matches);
  if (auto status = write_matches_csv(request.output, *matches, left, right); !status) return hand_on(status);
  return MatchSummary{left.row_count, right.row_count, matches->size()};
}

}  // namespace matcher
