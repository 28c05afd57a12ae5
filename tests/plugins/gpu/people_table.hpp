// Two small tables of persons in memory, as a plugin sees them, and the answer of a variant on them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/sdk/plugin.hpp"

namespace assay::test {

struct Person {
  std::string first_name;
  std::string last_name;
  std::int32_t birthdate;
};

// Owns what an assay_table points to. Not copyable.
class PeopleTable {
 public:
  PeopleTable(const char* name, const std::vector<Person>& people, std::int64_t first_id = 7) {
    for (const Person& person : people) {
      ids_.push_back(static_cast<std::int64_t>(ids_.size()) * 10 + first_id);
      first_.append(person.first_name);
      last_.append(person.last_name);
      dates_.push_back(person.birthdate);
    }
    columns_[0] = {sizeof(assay_column), ASSAY_TYPE_INT64, "id", nullptr, nullptr, ids_.data()};
    columns_[1] = first_.column("first_name");
    columns_[2] = last_.column("last_name");
    columns_[3] = {sizeof(assay_column), ASSAY_TYPE_DATE32, "birthdate", nullptr, nullptr, dates_.data()};
    for (std::size_t i = 0; i < columns_.size(); ++i) pointers_[i] = &columns_[i];
    table_ = {sizeof(assay_table), 4, name, people.size(), pointers_.data()};
  }
  PeopleTable(const PeopleTable&) = delete;
  PeopleTable& operator=(const PeopleTable&) = delete;

  [[nodiscard]] const assay_table* view() const { return &table_; }

 private:
  struct Texts {
    std::string bytes;
    std::vector<std::int32_t> offsets{0};

    void append(const std::string& text) {
      bytes += text;
      offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    }
    [[nodiscard]] assay_column column(const char* name) const {
      return {sizeof(assay_column), ASSAY_TYPE_UTF8, name, nullptr, offsets.data(), bytes.data()};
    }
  };

  std::vector<std::int64_t> ids_;
  std::vector<std::int32_t> dates_;
  Texts first_, last_;
  std::array<assay_column, 4> columns_{};
  std::array<const assay_column*, 4> pointers_{};
  assay_table table_{};
};

// What a variant of names.score answers, in order of the ids.
using Scores = std::vector<std::array<std::int64_t, 6>>;

class CountingHost {
 public:
  // cache_folder: what ASSAY_EXTENSION_CACHE_FOLDER answers; empty: not offered.
  explicit CountingHost(std::string cache_folder = {}) : cache_folder_(std::move(cache_folder)) {
    host_.struct_size = sizeof host_;
    host_.thread_budget = 1;
    host_.context = this;
    host_.note_memory = [](void* self, assay_space space, std::int64_t delta) {
      auto& host = *static_cast<CountingHost*>(self);
      host.peak_[static_cast<std::size_t>(space)] =
          std::max(host.peak_[static_cast<std::size_t>(space)], host.now_[static_cast<std::size_t>(space)] += delta);
    };
    host_.count = [](void* self, assay_counter counter, std::uint64_t delta) {
      static_cast<CountingHost*>(self)->counters_[static_cast<std::size_t>(counter)] += delta;
    };
    host_.extension = [](void* self, const char* id) -> const void* {
      const std::string& folder = static_cast<CountingHost*>(self)->cache_folder_;
      return std::string_view(id) == ASSAY_EXTENSION_CACHE_FOLDER && !folder.empty() ? folder.c_str() : nullptr;
    };
  }
  CountingHost(const CountingHost&) = delete;
  CountingHost& operator=(const CountingHost&) = delete;

  [[nodiscard]] sdk::Host host() const { return sdk::Host(&host_); }
  [[nodiscard]] std::uint64_t count(assay_counter counter) const {
    return counters_[static_cast<std::size_t>(counter)];
  }
  // Requests and hits of the variant's cache.
  [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> cache() const {
    return {count(ASSAY_COUNTER_CACHE_REQUESTS), count(ASSAY_COUNTER_CACHE_HITS)};
  }
  [[nodiscard]] std::int64_t peak_bytes(assay_space space) const { return peak_[static_cast<std::size_t>(space)]; }

 private:
  assay_host host_{};
  std::string cache_folder_;
  std::array<std::uint64_t, ASSAY_COUNTER_COUNT> counters_{};
  std::array<std::int64_t, 3> now_{}, peak_{};  // of the memory noted, by space
};

// One variant and its parameters, which takes one data set after the other.
template <class Variant>
class Instance {
 public:
  // REQUIRES: the host outlives it.
  Instance(const CountingHost& host, const char* threshold)
      : variant_(host.host(), sdk::Params(Items(threshold).view())) {}

  Scores answer(const PeopleTable& left, const PeopleTable& right) {
    const std::array<const assay_table*, 2> tables{left.view(), right.view()};
    const assay_dataset dataset{sizeof(assay_dataset), 2, tables.data()};
    variant_.prepare(sdk::DatasetView(&dataset));
    variant_.run();
    const assay_table& table = *variant_.collect();
    Scores scores(table.row_count);
    for (std::size_t row = 0; row < scores.size(); ++row) {
      for (std::size_t column = 0; column < 2; ++column) {
        scores[row][column] = static_cast<const std::int64_t*>(table.columns[column]->data)[row];
      }
      for (std::size_t column = 2; column < 6; ++column) {
        scores[row][column] = static_cast<const std::uint32_t*>(table.columns[column]->data)[row];
      }
    }
    std::sort(scores.begin(), scores.end());
    variant_.reset();
    return scores;
  }
  // After an answer that failed, as the host does.
  void reset() { variant_.reset(); }
  [[nodiscard]] const Variant& variant() const { return variant_; }

 private:
  struct Items {
    std::array<assay_param, 1> items;
    assay_params params{sizeof(assay_params), 1, "names.score", items.data()};
    explicit Items(const char* threshold) : items{{{"threshold", threshold}}} {}
    [[nodiscard]] const assay_params* view() const { return &params; }
  };
  Variant variant_;
};

template <class Variant>
Scores answer(const PeopleTable& left, const PeopleTable& right, const char* threshold, const CountingHost& host,
              std::string* leaks = nullptr) {
  Instance<Variant> instance(host, threshold);
  Scores scores = instance.answer(left, right);
  if constexpr (requires { instance.variant().leak_report(); }) {
    if (leaks != nullptr) *leaks = instance.variant().leak_report();
  }
  return scores;
}

// People of a few birthdays: names of 1 to 30 letters, and copies of others with damage, accents, a hyphen; some empty,
// some of more than 64 letters.
inline std::vector<Person> random_people(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const std::vector<std::string> letters{"a", "b",        "c",        "d", "e", "n",
                                         "o", "\xc3\xb1", "\xc3\xb8", "-", "'", "\xe6\x9d\x8e"};
  const auto word = [&](std::size_t length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += letters[random() % letters.size()];
    return text;
  };
  std::vector<Person> people;
  while (people.size() < count) {
    Person person{word(random() % 12), word(1 + random() % 18), static_cast<std::int32_t>(random() % 5)};
    if (people.size() > 4 && random() % 3 == 0) {
      person = people[random() % people.size()];
      if (!person.last_name.empty()) person.last_name.pop_back();  // may cut a letter in two: damaged UTF-8
    }
    if (random() % 25 == 0) person.first_name = word(70);
    if (random() % 25 == 0) person = {"", "", person.birthdate};
    people.push_back(person);
  }
  return people;
}

}  // namespace assay::test
