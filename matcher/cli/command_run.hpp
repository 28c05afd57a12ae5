// What a command has while it runs: its clock, its progress line, its outputs.
#pragma once

#include "matcher/cli/run_control.hpp"
#include "matcher/cli/stopwatch.hpp"
#include "matcher/io/publication.hpp"
#include "matcher/model/error.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

class CommandRun {
 public:
  CommandRun(bool quiet, bool wants_progress)
      : printer_(progress_style(quiet, wants_progress)),
        watch_{cancel_on_signal(), [this](const Progress& progress) { printer_.show(progress); }},
        outputs_(cancel_on_signal()) {}
  CommandRun(const CommandRun&) = delete;
  CommandRun& operator=(const CommandRun&) = delete;

  [[nodiscard]] const RunWatch& watch() const { return watch_; }
  [[nodiscard]] Stopwatch& stopwatch() { return stopwatch_; }
  // What all outputs of the command are opened for.
  [[nodiscard]] Publication& outputs() { return outputs_; }

  // All outputs are written: they appear, and the progress line goes. Errors: see Publication.
  [[nodiscard]] Status publish() {
    auto status = outputs_.publish();
    printer_.clear();
    return status;
  }

 private:
  ProgressPrinter printer_;
  RunWatch watch_;
  Publication outputs_;
  Stopwatch stopwatch_;
};

}  // namespace matcher
