// Codes checked against commons-codec 1.15 and against every code of the oracle tables.
#include "matcher/phonetic/double_metaphone.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "matcher/text/normalize.hpp"
#include "tests/matcher/rules/people_20k.hpp"

namespace matcher {
namespace {

std::string unpacked(std::uint32_t code) {
  std::string text;
  for (; code != 0; code >>= 8) text.push_back(static_cast<char>(code & 0xFF));
  return text;
}

using Vector = std::pair<std::string_view, std::string_view>;

class DoubleMetaphone : public testing::TestWithParam<Vector> {};

TEST_P(DoubleMetaphone, Word_HasItsCode) {
  EXPECT_EQ(double_metaphone(GetParam().first), GetParam().second);
  EXPECT_EQ(unpacked(double_metaphone_code(GetParam().first)), GetParam().second);
}

// The golden vectors of the audited program: whole full names.
INSTANTIATE_TEST_SUITE_P(FullNames, DoubleMetaphone,
                         testing::Values(Vector{"jon smith", "JNSM"}, Vector{"john michael smith", "JNMK"},
                                         Vector{"jon michael smyth", "JNMK"}, Vector{"catherine jones", "K0RN"},
                                         Vector{"katherine jones", "K0RN"}, Vector{"jose garcia", "HSKR"},
                                         Vector{"maria lee santos", "MRLS"}, Vector{"maria santos", "MRSN"},
                                         Vector{"ann b lee", "ANPL"}, Vector{"ann lee", "ANL"},
                                         Vector{"maryjane obrien", "MRJN"}, Vector{"mary jane obrien", "MRJN"},
                                         Vector{"jmaes brown", "JMSP"}, Vector{"james brown", "JMSP"},
                                         Vector{"jr pedro cruz", "JRPT"}, Vector{"pedro cruz", "PTRK"},
                                         Vector{"robert rodriguez", "RPRT"}, Vector{"rebert rodrigez", "RPRT"}));

// At least one word for every rule of every letter; whole codes from commons-codec 1.15 (maximum length 20).
class DoubleMetaphoneRules : public testing::TestWithParam<Vector> {};

TEST_P(DoubleMetaphoneRules, Word_HasItsWholeCode) {
  EXPECT_EQ(double_metaphone(GetParam().first, 20), GetParam().second);
  EXPECT_EQ(unpacked(double_metaphone_code(GetParam().first)), GetParam().second.substr(0, 4));
}

INSTANTIATE_TEST_SUITE_P(
    CommonsCodec, DoubleMetaphoneRules,
    testing::Values(
        Vector{"adam", "ATM"}, Vector{"ella", "AL"}, Vector{"yvonne", "AFN"}, Vector{"bobby", "PP"},
        Vector{"bach", "PK"}, Vector{"bacher", "PKR"}, Vector{"macher", "MKR"}, Vector{"bachi", "PX"},
        Vector{"chianti", "KNT"}, Vector{"caesar", "SSR"}, Vector{"michael", "MKL"}, Vector{"chemistry", "KMSTR"},
        Vector{"chorus", "KRS"}, Vector{"chore", "XR"}, Vector{"charisma", "KRSM"}, Vector{"character", "KRKTR"},
        Vector{"hymn", "HMN"}, Vector{"chymes", "KMS"}, Vector{"schmidt", "XMT"}, Vector{"schneider", "XNTR"},
        Vector{"orchestra", "ARKSTR"}, Vector{"architect", "ARKTKT"}, Vector{"orchid", "ARKT"}, Vector{"yacht", "AKT"},
        Vector{"bochner", "PKNR"}, Vector{"loch", "LK"}, Vector{"mchenry", "MKNR"}, Vector{"cheese", "XS"},
        Vector{"richard", "RXRT"}, Vector{"czerny", "SRN"}, Vector{"filipowicz", "FLPTS"}, Vector{"focaccia", "FKX"},
        Vector{"accident", "AKSTNT"}, Vector{"accede", "AKST"}, Vector{"succeed", "SKST"}, Vector{"bacci", "PX"},
        Vector{"bertucci", "PRTX"}, Vector{"bacchus", "PKS"}, Vector{"mcclelland", "MKLLNT"},
        Vector{"mccarthy", "MKR0"}, Vector{"dick", "TK"}, Vector{"mcgregor", "MKRKR"}, Vector{"acquire", "AKR"},
        Vector{"city", "ST"}, Vector{"cecil", "SSL"}, Vector{"cyrus", "SRS"}, Vector{"precious", "PRSS"},
        Vector{"mac caffrey", "MKFR"}, Vector{"mac gregor", "MKRKR"}, Vector{"mac quinn", "MKN"},
        Vector{"accost", "AKST"}, Vector{"cook", "KK"}, Vector{"edge", "AJ"}, Vector{"edgar", "ATKR"},
        Vector{"eddie", "AT"}, Vector{"brandt", "PRNT"}, Vector{"duffy", "TF"}, Vector{"ghislane", "JLN"},
        Vector{"ghoul", "KL"}, Vector{"burgh", "PRK"}, Vector{"hugh", "H"}, Vector{"bough", "P"},
        Vector{"broughton", "PRTN"}, Vector{"laugh", "LF"}, Vector{"mclaughlin", "MKLFLN"}, Vector{"cough", "KF"},
        Vector{"tough", "TF"}, Vector{"eight", "AT"}, Vector{"daughter", "TTR"}, Vector{"agnes", "AKNS"},
        Vector{"igor", "AKR"}, Vector{"signey", "SKN"}, Vector{"cagney", "KKN"}, Vector{"agnieszka", "AKNSK"},
        Vector{"pagliacci", "PKLX"}, Vector{"wiggle", "AKL"}, Vector{"gyorgy", "KRJ"}, Vector{"gerald", "KRLT"},
        Vector{"geben", "KPN"}, Vector{"gib", "KP"}, Vector{"danger", "TNJR"}, Vector{"ranger", "RNJR"},
        Vector{"manger", "MNJR"}, Vector{"baker ger", "PKRKR"}, Vector{"anger", "ANKR"}, Vector{"ginger", "KNKR"},
        Vector{"edgy", "AJ"}, Vector{"orgy", "ARJ"}, Vector{"biology", "PLJ"}, Vector{"biaggi", "PJ"},
        Vector{"maggi", "MJ"}, Vector{"van gelder", "FNKLTR"}, Vector{"schlager", "XLKR"}, Vector{"roget", "RKT"},
        Vector{"rogier", "RJ"}, Vector{"gila", "KL"}, Vector{"george", "JRJ"}, Vector{"maggie", "MJ"},
        Vector{"agatha", "AK0"}, Vector{"higgs", "HKS"}, Vector{"hannah", "HN"}, Vector{"ahab", "AHP"},
        Vector{"thomas", "TMS"}, Vector{"johnson", "JNSN"}, Vector{"jose", "HS"}, Vector{"jose maria", "HSMR"},
        Vector{"joseph", "JSF"}, Vector{"marjose", "MRJS"}, Vector{"san jacinto", "SNHSNT"},
        Vector{"jankelowicz", "JNKLTS"}, Vector{"hallajo", "HLJ"}, Vector{"raj", "RJ"}, Vector{"fjord", "FJRT"},
        Vector{"hajji", "HJ"}, Vector{"bajador", "PJTR"}, Vector{"julia", "JL"}, Vector{"mikkel", "MKL"},
        Vector{"cabrillo", "KPRL"}, Vector{"gallegos", "KLKS"}, Vector{"mallea", "ML"}, Vector{"bill", "PL"},
        Vector{"thumb", "0M"}, Vector{"plumber", "PLMR"}, Vector{"dumber", "TMR"}, Vector{"emma", "AM"},
        Vector{"umbra", "AMPR"}, Vector{"anna", "AN"}, Vector{"phillip", "FLP"}, Vector{"campbell", "KMPL"},
        Vector{"apple", "APL"}, Vector{"quinn", "KN"}, Vector{"iraqqi", "ARK"}, Vector{"carr", "KR"},
        Vector{"xavier", "SF"}, Vector{"meier", "MR"}, Vector{"island", "ALNT"}, Vector{"carlisle", "KRLL"},
        Vector{"carlysle", "KRLL"}, Vector{"sugar", "XKR"}, Vector{"shannon", "XNN"}, Vector{"blumenheim", "PLMNM"},
        Vector{"sheim", "SM"}, Vector{"asholm", "ASLM"}, Vector{"usholz", "ASLS"}, Vector{"mission", "MSN"},
        Vector{"asia", "AS"}, Vector{"sian", "SN"}, Vector{"smith", "SM0"}, Vector{"snider", "SNTR"},
        Vector{"slovak", "SLFK"}, Vector{"swan", "SN"}, Vector{"szabo", "SP"}, Vector{"zsasz", "SSS"},
        Vector{"schlesinger", "XLSNKR"}, Vector{"school", "SKL"}, Vector{"schooner", "SKNR"},
        Vector{"schermerhorn", "XRMRRN"}, Vector{"schenker", "XNKR"}, Vector{"schwarz", "XRS"},
        Vector{"schuyler", "SKLR"}, Vector{"schedule", "SKTL"}, Vector{"schema", "SKM"}, Vector{"scissors", "SSRS"},
        Vector{"sceptre", "SPTR"}, Vector{"scyth", "S0"}, Vector{"scott", "SKT"}, Vector{"resnais", "RSN"},
        Vector{"artois", "ART"}, Vector{"bassett", "PST"}, Vector{"station", "STXN"}, Vector{"tiara", "XR"},
        Vector{"watch", "AX"}, Vector{"thames", "TMS"}, Vector{"theodore", "0TR"}, Vector{"von thun", "FNTN"},
        Vector{"schroth", "XRT"}, Vector{"matthew", "M0"}, Vector{"matt", "MT"}, Vector{"attdorf", "ATTRF"},
        Vector{"vivvian", "FFN"}, Vector{"wright", "RT"}, Vector{"wasserman", "ASRMN"}, Vector{"whitney", "ATN"},
        Vector{"arnow", "ARN"}, Vector{"lewandowski", "LNTSK"}, Vector{"filipowitz", "FLPTS"},
        Vector{"schwarzwitz", "XRSTS"}, Vector{"lawrence", "LRNS"}, Vector{"xerox", "SRKS"}, Vector{"breaux", "PR"},
        Vector{"giraux", "JR"}, Vector{"beau x", "PKS"}, Vector{"maxx", "MKS"}, Vector{"excel", "AKSL"},
        Vector{"roux", "R"}, Vector{"zhao", "J"}, Vector{"pizza", "PS"}, Vector{"zachary", "SKR"}, Vector{"buzz", "PS"},
        Vector{"knight", "NT"}, Vector{"gnome", "NM"}, Vector{"pneumonia", "NMN"}, Vector{"wrist", "RST"},
        Vector{"psalm", "SLM"}, Vector{"schowicz", "XKS"}, Vector{"accia", "AX"}, Vector{"mccedes", "MKSTS"},
        Vector{"mccinnis", "MKSNS"}, Vector{"brachia", "PRK"}, Vector{"archia", "ARK"}, Vector{"schrich", "XRK"},
        Vector{"successor", "SKSSR"}, Vector{"gesner", "KSNR"}, Vector{"gepner", "KPNR"}, Vector{"gebhard", "KPRT"},
        Vector{"gelb", "KLP"}, Vector{"geyer", "KR"}, Vector{"gibson", "KPSN"}, Vector{"gilbert", "KLPRT"},
        Vector{"gingrich", "KNKRX"}, Vector{"giesen", "KSN"}, Vector{"geiger", "KJR"}, Vector{"gerber", "KRPR"},
        Vector{"poggioli", "PJL"}, Vector{"maier", "MR"}, Vector{"shoek", "SK"}, Vector{"lewitzhal", "LTSL"},
        Vector{"berkowitzzi", "PRKTSS"}, Vector{"schwarzwicz", "XRSKS"}, Vector{"ramanger", "RMNKR"}));

// Where the port departs from commons-codec (in brackets what commons-codec says).
INSTANTIATE_TEST_SUITE_P(PortDepartures, DoubleMetaphone,
                         testing::Values(Vector{"van cochi", "FNKX"},  // FNKK
                                         Vector{"chthon", "X0N"},      // K0N
                                         Vector{"ochs", "AXS"},        // AKS
                                         Vector{"pier", "PR"},         // P
                                         Vector{"ier", "AR"},          // A
                                         Vector{"papier", "PP"}));     // the same

TEST(DoubleMetaphoneText, SpacesAtTheEnds_AreIgnored) {
  EXPECT_EQ(double_metaphone("  knight \n"), "NT");
}

TEST(DoubleMetaphoneText, UpperCase_IsReadTheSame) {
  EXPECT_EQ(double_metaphone("MICHAEL"), double_metaphone("michael"));
}

TEST(DoubleMetaphoneText, OtherBytes_ArePassedOver) {
  EXPECT_EQ(double_metaphone("sm1th\x80\xFF"), "SM0");
  EXPECT_EQ(double_metaphone(std::string_view("s\0m", 3)), "SM");
}

TEST(DoubleMetaphoneText, NothingToSay_IsEmpty) {
  EXPECT_EQ(double_metaphone(""), "");
  EXPECT_EQ(double_metaphone("   "), "");
  EXPECT_EQ(double_metaphone_code(""), 0U);
  EXPECT_EQ(double_metaphone_code("h"), 0U);
}

TEST(DoubleMetaphoneLength, LongerLimit_GivesALongerCode) {
  EXPECT_EQ(double_metaphone("john michael smith", 10), "JNMKLSM0");
  EXPECT_EQ(double_metaphone("john michael smith", 0), "");
  EXPECT_EQ(double_metaphone("maxx", 3), "MKS");
  EXPECT_EQ(double_metaphone("maxx", 2), "MK");  // a double sound is cut
}

TEST(DoubleMetaphoneOracle, EveryCodeOfPeople20k_IsReproduced) {
  if (!std::filesystem::exists(people_20k_folder())) GTEST_SKIP() << "no oracle data at " << people_20k_folder();
  const auto left = read_people("left.csv");
  const auto right = read_people("right.csv");
  const auto code_of = [](const OraclePerson& person, bool with_middle) {
    std::array<std::string, 3> parts;
    for (std::size_t part = 0; part < 3; ++part) normalize_text(person.names[part], parts[part]);
    std::string phonetic;
    normalize_for_phonetic(parts[0] + " " + (with_middle ? parts[1] + " " : "") + parts[2], phonetic);
    return unpacked(double_metaphone_code(phonetic));
  };
  const auto pairs = read_pairs();
  ASSERT_EQ(pairs.size(), 9614U + 9692U);
  for (const OraclePair& pair : pairs) {
    const bool with_middle = pair.algorithm == "A3";
    ASSERT_EQ(code_of(left[pair.left], with_middle), pair.left_code) << pair.algorithm << " left id " << pair.left + 1;
    ASSERT_EQ(code_of(right[pair.right], with_middle), pair.right_code)
        << pair.algorithm << " right id " << pair.right + 1;
  }
}

}  // namespace
}  // namespace matcher
