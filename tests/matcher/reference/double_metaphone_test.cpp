// Double Metaphone primary codes of well-known words; the oracle data cover the common names.
#include "matcher/reference/double_metaphone.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace {

using matcher::reference::double_metaphone;

struct Words {
  std::string topic;
  std::vector<std::pair<std::string, std::string>> codes;

  friend std::ostream& operator<<(std::ostream& out, const Words& words) { return out << words.topic; }
};

class DoubleMetaphone : public testing::TestWithParam<Words> {};

TEST_P(DoubleMetaphone, KnownWord_HasKnownCode) {
  for (const auto& [word, code] : GetParam().codes) EXPECT_EQ(double_metaphone(word), code) << word;
}

const std::vector<Words> kWords = {
    {"first_letters",
     {{"gnome", "NM"},
      {"knight", "NT"},
      {"pneumonia", "NMN"},
      {"wright", "RT"},
      {"psalm", "SLM"},
      {"aubrey", "APR"},
      {"uomo", "AM"},
      {"womo", "AM"},
      {"whitney", "ATN"},
      {"wasserman", "ASRM"},
      {"xavier", "SF"},
      {"yvonne", "AFN"}}},
    {"common_words",
     {{"testing", "TSTN"},
      {"quick", "KK"},
      {"brown", "PRN"},
      {"fox", "FKS"},
      {"jumped", "JMPT"},
      {"over", "AFR"},
      {"the", "0"},
      {"lazy", "LS"},
      {"dogs", "TKS"},
      {"xenophobia", "SNFP"},
      {"fokker", "FKR"},
      {"joqqi", "JK"},
      {"hovvi", "HF"},
      {"bobby", "PP"},
      {"nguyen", "NKN"}}},
    {"c", {{"caesar", "SSR"},      {"chianti", "KNT"},      {"michael", "MKL"},     {"czerny", "SRN"},
           {"focaccia", "FKX"},    {"bellocchio", "PLX"},   {"bacchus", "PKS"},     {"accident", "AKST"},
           {"accede", "AKST"},     {"succeed", "SKST"},     {"bacci", "PX"},        {"bertucci", "PRTX"},
           {"mcclelland", "MKLL"}, {"mac caffrey", "MKFR"}, {"mac gregor", "MKRK"}, {"jacques", "JKS"},
           {"vicente", "FSNT"},    {"mackie", "MK"},        {"marcia", "MRS"},      {"acciaio", "AX"},
           {"mcgregor", "MKRK"}}},
    {"ch",
     {{"chemistry", "KMST"}, {"chorus", "KRS"},     {"character", "KRKT"}, {"chore", "XR"},       {"chris", "KRS"},
      {"orchestra", "ARKS"}, {"architect", "ARKT"}, {"orchid", "ARKT"},    {"arch", "ARX"},       {"bach", "PK"},
      {"bacher", "PKR"},     {"macher", "MKR"},     {"mchugh", "MK"},      {"hochmeier", "HKMR"}, {"tichner", "TXNR"},
      {"wachtler", "AKTL"},  {"achtung", "AXTN"},   {"ochsner", "AXSN"},   {"schochet", "XKT"},   {"wechsler", "AKSL"},
      {"charles", "XRLS"},   {"richard", "RXRT"},   {"van chau", "FNX"}}},
    {"d", {{"edge", "AJ"}, {"edgar", "ATKR"}, {"todd", "TT"}, {"schmidt", "XMT"}, {"judge", "JJ"}, {"edith", "AT0"}}},
    {"g",
     {{"ghislane", "JLN"},  {"ghost", "KST"},    {"laugh", "LF"},    {"mclaughlin", "MKLF"}, {"cough", "KF"},
      {"tough", "TF"},      {"hugh", "H"},       {"bough", "P"},     {"broughton", "PRTN"},  {"knight", "NT"},
      {"burgh", "PRK"},     {"agnes", "AKNS"},   {"wagner", "AKNR"}, {"cagney", "KKN"},      {"gagnon", "KNN"},
      {"tagliaro", "TKLR"}, {"gerald", "KRLT"},  {"gina", "KN"},     {"george", "JRJ"},      {"manager", "MNKR"},
      {"danger", "TNJR"},   {"biology", "PLJ"},  {"biaggi", "PJ"},   {"maggy", "MK"},        {"van geldern", "FNKL"},
      {"rogier", "RJ"},     {"baguette", "PKT"}, {"vaughan", "FKN"}, {"huggett", "HKT"}}},
    {"h", {{"rahim", "RHM"}, {"hannah", "HN"}, {"ohhio", "A"}, {"thayer", "0R"}}},
    {"j",
     {{"jose", "HS"},
      {"jose garcia", "HSKR"},
      {"josephine", "JSFN"},
      {"san jacinto", "SNHS"},
      {"san jose", "SNHS"},
      {"bajador", "PJTR"},
      {"hajji", "HJ"},
      {"raj", "RJ"},
      {"tsjaikowski", "TSKS"},
      {"bjorn", "PJRN"},
      {"fjlt", "FLT"}}},
    {"l_m_p",
     {{"cabrillo", "KPRL"},
      {"gallegos", "KLKS"},
      {"dumb", "TM"},
      {"plumber", "PLMR"},
      {"thumb", "0M"},
      {"columbus", "KLMP"},
      {"emma", "AM"},
      {"phillips", "FLPS"},
      {"campbell", "KMPL"},
      {"raspberry", "RSPR"}}},
    {"r",
     {{"collier", "KL"},
      {"bier", "PR"},
      {"obier", "AP"},
      {"niemeier", "NMR"},
      {"frazier", "FRS"},
      {"walker", "ALKR"},
      {"barr", "PR"}}},
    {"s",
     {{"island", "ALNT"},      {"carlisle", "KRLL"},     {"carlysle", "KRLL"}, {"sugar", "XKR"},   {"sholz", "SLS"},
      {"sheila", "XL"},        {"alesia", "ALS"},        {"sioux", "S"},       {"smith", "SM0"},   {"snider", "SNTR"},
      {"szymanski", "SMNS"},   {"schermerhorn", "XRMR"}, {"schenker", "XNKR"}, {"school", "SKL"},  {"schooner", "SKNR"},
      {"schlesinger", "XLSN"}, {"science", "SNS"},       {"scott", "SKT"},     {"resnais", "RSN"}, {"artois", "ART"},
      {"jesse", "JS"}}},
    {"t",
     {{"nation", "NXN"},
      {"martian", "MRXN"},
      {"hutchinson", "HXNS"},
      {"thomas", "TMS"},
      {"thames", "TMS"},
      {"matthew", "M0"},
      {"edith", "AT0"},
      {"van thiel", "FNTL"},
      {"schroth", "XRT"},
      {"otto", "AT"}}},
    {"w_x_z",
     {{"arnow", "ARN"},
      {"filipowicz", "FLPT"},
      {"schmidowicz", "XMTK"},
      {"lewinsky", "LNSK"},
      {"horowitz", "HRTS"},
      {"kowalski", "KLSK"},
      {"lawrence", "LRNS"},
      {"lawrrence", "LRRN"},
      {"breaux", "PR"},
      {"maxx", "MKS"},
      {"alexander", "ALKS"},
      {"exxon", "AKSN"},
      {"zhao", "J"},
      {"zhang", "JNK"},
      {"pizza", "PS"},
      {"zola", "SL"}}},
    {"nothing_to_code", {{"", ""}, {" ", ""}, {"h", ""}, {"ho", "H"}, {"123", ""}}},
};

INSTANTIATE_TEST_SUITE_P(Letters, DoubleMetaphone, testing::ValuesIn(kWords),
                         [](const auto& words) { return words.param.topic; });

TEST(DoubleMetaphoneLength, MaximumLength_CutsTheCode) {
  EXPECT_EQ(double_metaphone("alexander", 3), "ALK");  // in the middle of KS
  EXPECT_EQ(double_metaphone("alexander", 10), "ALKSNTR");
  EXPECT_EQ(double_metaphone("alexander", 0), "");
}

TEST(DoubleMetaphoneCase, UpperAndLowerCase_AreTheSame) {
  EXPECT_EQ(double_metaphone("John Michael Smith"), "JNMK");
  EXPECT_EQ(double_metaphone(" JOHN MICHAEL SMITH "), "JNMK");
}

}  // namespace
