// A reply in the journal is the reply that came: no field is lost.
#include "harness/isolate/reply_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace assay::isolate {
namespace {

// The reply without what the journal does not keep: what only a counting worker says.
SampleReply kept(SampleReply reply) {
  for (MaybeCount* count :
       {&reply.steal_ns, &reply.cpu_stall_ns, &reply.memory_stall_ns, &reply.io_stall_ns, &reply.device_ns}) {
    count->known = count->known != 0 ? 1 : 0;
  }
  reply.instructions = reply.syscalls = {};
  reply.not_counted.fill(0);
  reply.unused = 0;
  return reply;
}

// Every byte of every field differs from 0.
SampleReply full_reply() {
  SampleReply reply;
  std::array<unsigned char, sizeof(SampleReply)> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(1 + i % 100);
  std::memcpy(&reply, bytes.data(), bytes.size());
  return reply;
}

TEST(ReplyJson, EveryByteOfAReply_ComesBack) {
  static_assert(std::is_trivially_copyable_v<SampleReply>);
  const SampleReply reply = kept(full_reply());
  const auto back = reply_from_json(Json::parse(to_json(reply).dump()));
  ASSERT_TRUE(back) << back.error().message;
  const SampleReply again = kept(*back);
  const auto* const got = reinterpret_cast<const unsigned char*>(&again);
  const auto* const wanted = reinterpret_cast<const unsigned char*>(&reply);
  const auto differing = std::mismatch(got, got + sizeof reply, wanted);
  EXPECT_EQ(differing.first - got, sizeof reply) << "the first byte that differs";
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
