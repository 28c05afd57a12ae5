// Splitting a command as a POSIX shell would, checked against the shell itself.
#include "harness/programs/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

namespace assay::programs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What `sh` makes of the command: its words, one a line.
std::vector<std::string> words_of_shell(const std::string& command) {
  FILE* const pipe = ::popen(("printf '%s\\n' " + command).c_str(), "r");
  std::vector<std::string> words(1);
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    if (c == '\n') {
      words.emplace_back();
    } else {
      words.back() += static_cast<char>(c);
    }
  }
  ::pclose(pipe);
  words.pop_back();
  return words;
}

TEST(SplitWords, QuotesAndBackslashes_MeanWhatTheyMeanToTheShell) {
  for (const char* const command :
       {"grep -c x file", "a  b\tc", "say 'one word' \"and one\"", "a\\ b c", "'it'\\''s' fine", "x'y'\"z\"",
        "'' \"\" e", R"("a \" b" "c \\ d" "e \f g")", R"('a \ b')", "--x=\"1 2\"=3"}) {
    const auto words = split_words(command);
    ASSERT_TRUE(words) << command;
    EXPECT_EQ(*words, words_of_shell(command)) << command;
  }
}

TEST(SplitWords, OpenQuote_IsAnErrorThatShowsTheCommand) {
  for (const char* const command : {"say 'hello", "say \"hello", "say hello\\"}) {
    const auto words = split_words(command);
    ASSERT_FALSE(words) << command;
    EXPECT_EQ(words.error().kind, ErrorKind::kUsage);
    EXPECT_THAT(words.error().message, HasSubstr(command));
  }
}

TEST(SplitWords, NoWord_IsAnError) {
  EXPECT_FALSE(split_words(""));
  EXPECT_FALSE(split_words("  \t "));
}

TEST(NeedsShell, WhatAShellWouldDoMoreThanSplit_NeedsOne) {
  for (const char* const command :
       {"a | b", "a > b", "a < b", "a; b", "a && b", "a &", "echo $HOME", "echo `date`", "ls *.txt", "ls a?", "(a)",
        "ls ~", "LANG=C sort x", "  X_1=2 a", "echo \"$HOME\"", "echo \"`date`\"", "a\nb", "a # b"}) {
    EXPECT_TRUE(needs_shell(command)) << command;
  }
}

TEST(NeedsShell, QuotedOrPlain_NeedsNone) {
  for (const char* const command : {"sort x", "grep 'a|b' x", "awk '{print $1}' x", "echo \\$HOME", "echo \"a;b\"",
                                    "dd if=a of=b", "--x=y", "", "1A=2 b"}) {
    EXPECT_FALSE(needs_shell(command)) << command;
  }
}

}  // namespace
}  // namespace assay::programs
