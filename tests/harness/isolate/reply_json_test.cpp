// A reply in the journal is the reply that came: no field is lost.
#include "harness/isolate/reply_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>

namespace assay::isolate {
namespace {

// Every byte of every field differs from 0 and stays inside what JSON keeps exactly.
SampleReply full_reply() {
  SampleReply reply;
  std::array<unsigned char, sizeof(SampleReply)> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(1 + i % 100);
  std::memcpy(&reply, bytes.data(), bytes.size());
  return reply;
}

TEST(ReplyJson, EveryByteOfAReply_ComesBack) {
  static_assert(std::is_trivially_copyable_v<SampleReply>);
  const SampleReply reply = full_reply();
  auto back = reply_from_json(Json::parse(to_json(reply).dump()));
  ASSERT_TRUE(back) << back.error().message;
  constexpr std::size_t kPadding = offsetof(SampleReply, has_peak_rss) + sizeof(std::uint32_t);  // belongs to no field
  std::memcpy(reinterpret_cast<char*>(&*back) + kPadding, reinterpret_cast<const char*>(&reply) + kPadding,
              offsetof(SampleReply, allocations) - kPadding);
  EXPECT_EQ(std::memcmp(&*back, &reply, sizeof reply), 0);
}

TEST(ReplyJson, WhatIsZero_IsLeftOutAndComesBackAsZero) {
  const Json json = to_json(SampleReply{});
  EXPECT_EQ(json.size(), 1U) << json.dump();  // the digest
  const auto back = reply_from_json(json);
  ASSERT_TRUE(back);
  EXPECT_EQ(to_json(*back), json);
}

TEST(ReplyJson, NegativeTimes_ComeBack) {
  SampleReply reply;
  reply.peak_live_bytes = -17;
  EXPECT_EQ(reply_from_json(to_json(reply)).value().peak_live_bytes, -17);
}

TEST(ReplyJson, ValueThatDoesNotFit_IsAnErrorThatNamesIt) {
  Json json = to_json(SampleReply{});
  json["iterations"] = -1;
  const auto back = reply_from_json(json);
  ASSERT_FALSE(back);
  EXPECT_THAT(back.error().message, testing::HasSubstr("iterations"));
  EXPECT_FALSE(reply_from_json({{"digest", "xyz"}}));
}

TEST(FailureJson, EveryFaultAndPhase_ComesBack) {
  for (std::uint32_t fault = 0; fault <= kFaults; ++fault) {  // the last is what a plugin's wild write leaves
    for (std::uint32_t phase = 0; phase <= kPhases; ++phase) {
      const WorkerFailure failure{static_cast<Fault>(fault), static_cast<Phase>(phase), "why"};
      const auto back = failure_from_json(to_json(failure));
      ASSERT_TRUE(back) << back.error().message;
      EXPECT_EQ(back->fault, failure.fault);
      EXPECT_EQ(back->phase, failure.phase);
      EXPECT_EQ(back->message, "why");
    }
  }
}

}  // namespace
}  // namespace assay::isolate
