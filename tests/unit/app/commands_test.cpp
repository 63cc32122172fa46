// The program as outside checks call it: the command line of docs/cli.md, through a shell, with its exit
// codes.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/json.h"

namespace tb {
namespace {

namespace fs = std::filesystem;

struct Ran {
    int code = -1;
    std::string out; ///< standard output
    std::string err; ///< standard error
};

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

class Commands : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder() = fs::temp_directory_path() / ("tautband-commands-" + std::to_string(::getpid()));
        fs::create_directories(folder());
        run("autopilot --case desk-neck --trainee expert --log " + (folder() / "expert.tautlog").string());
    }
    static void TearDownTestSuite() { fs::remove_all(folder()); }

    static fs::path& folder() {
        static fs::path path;
        return path;
    }
    static fs::path expert_log() { return folder() / "expert.tautlog"; }

    /// Runs `tautband <arguments>` with a data folder of its own.
    static Ran run(const std::string& arguments, const std::string& environment = "") {
        const fs::path err = folder() / "stderr.txt";
        const std::string command = "XDG_DATA_HOME=" + (folder() / "data").string() +
                                    " SDL_VIDEODRIVER=offscreen " + environment +
                                    " " TB_BINARY_DIR "/tautband " + arguments + " 2>" + err.string();
        Ran ran;
        std::FILE* pipe = ::popen(command.c_str(), "r");
        if (pipe == nullptr) return ran;
        std::array<char, 4096> buffer{};
        for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
            ran.out.append(buffer.data(), n);
        const int status = ::pclose(pipe);
        ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
        ran.err = read(err);
        return ran;
    }
    static Json json_of(const Ran& ran) {
        auto json = parse_json(ran.out, "output");
        EXPECT_TRUE(json) << ran.out << ran.err;
        return json ? *json : Json();
    }
};

TEST_F(Commands, HelpAndVersionSucceedAndAWrongCallIsOne) {
    EXPECT_EQ(run("--help").code, 0);
    EXPECT_EQ(run("--version").code, 0);
    EXPECT_EQ(run("no-such-command").code, 1);
    EXPECT_EQ(run("probe --from=1,2,3").code, 1);
    for (const char* c : {"cases", "case", "anatomy", "trigger-points", "probe", "palpate", "autopilot",
                          "script", "score", "verify", "replay", "report", "picture", "ultrasound", "check",
                          "bench", "values", "demonstrate", "gui"}) {
        EXPECT_EQ(run(std::string(c) + " --help").code, 0) << c;
    }
}

TEST_F(Commands, CasesAreListedAndShown) {
    const Json cases = json_of(run("cases --json"));
    ASSERT_TRUE(cases.is_array());
    EXPECT_TRUE(
        std::any_of(cases.begin(), cases.end(), [](const Json& c) { return c["id"] == "desk-neck"; }));
    EXPECT_EQ(json_of(run("case desk-neck --json"))["id"], "desk-neck");
    const Ran unknown = run("case no-such-case");
    EXPECT_EQ(unknown.code, 2);
    EXPECT_NE(unknown.err.find("no-such-case"), std::string::npos);
}

TEST_F(Commands, AnatomyIsListedWithBothSides) {
    const Json muscles = json_of(run("anatomy list --kind muscle --json"));
    std::size_t right = 0, left = 0;
    for (const Json& m : muscles) {
        right += m["side"] == "right" ? 1 : 0;
        left += m["side"] == "left" ? 1 : 0;
        EXPECT_GT(m["volume_mL"].get<double>(), 0.0) << m["id"];
    }
    EXPECT_GE(right, 105U);
    EXPECT_EQ(right, left);
    EXPECT_EQ(run("anatomy list --kind nonsense").code, 2);
    EXPECT_EQ(run("anatomy show no_such_muscle").code, 2);
    EXPECT_GE(json_of(run("anatomy landmarks --json")).size(), 200U);
}

TEST_F(Commands, ANeedleThroughTheDescendingTrapeziusMeetsTheLayersInOrder) {
    Json point;
    for (const Json& p : json_of(run("trigger-points --muscle trapezius_descending --json"))) {
        if (p["id"] == "trapezius-descendens-1") point = p;
    }
    ASSERT_FALSE(point.is_null());
    const double x = point["x"].get<double>(), y = point["y"].get<double>(), z = point["z"].get<double>();
    const auto at = [](double a, double b, double c) {
        return std::to_string(a) + "," + std::to_string(b) + "," + std::to_string(c);
    };
    const Json down =
        json_of(run("probe --json --from=" + at(x, y + 60, z) + " --to=" + at(x, y - 70, z)))["crossings"];
    ASSERT_GE(down.size(), 3U);
    EXPECT_EQ(down[0]["structure"], "skin");
    EXPECT_NEAR(down[0]["enter_mm"].get<double>(), 0.0, 0.01);
    EXPECT_EQ(down[1]["kind"], "subcutis");
    EXPECT_EQ(down[2]["structure"], "trapezius_descending_r");
    EXPECT_GT(down[2]["enter_mm"].get<double>(), 3.0);
    EXPECT_LT(down[2]["enter_mm"].get<double>(), 25.0);
    double last = -1.0;
    for (const Json& c : down) {
        EXPECT_GE(c["enter_mm"].get<double>(), last);
        EXPECT_GE(c["leave_mm"].get<double>(), c["enter_mm"].get<double>());
        last = c["enter_mm"].get<double>();
    }
    // Towards the lung apex: down and medially.
    const Json apex =
        json_of(run("probe --json --from=" + at(x, y + 60, z) + " --to=-45,1430,85"))["crossings"];
    const auto pleura =
        std::find_if(apex.begin(), apex.end(), [](const Json& c) { return c["kind"] == "pleura"; });
    ASSERT_NE(pleura, apex.end());
    EXPECT_GT((*pleura)["enter_mm"].get<double>(), 20.0);
}

TEST_F(Commands, PointsAreCheckedBeforeTheyAreUsed) {
    EXPECT_EQ(run("probe --from=a,b,c --to=1,2,3").code, 2);
    EXPECT_EQ(run("probe --from=1,2 --to=1,2,3").code, 2);
    EXPECT_EQ(run("probe --from=1,2,3 --to=1,2,3").code, 2);
    EXPECT_EQ(run("palpate --at=-75,1480,95 --force -5").code, 1);
}

TEST_F(Commands, APressedFingerFeelsLayersAndTenderness) {
    const Json j = json_of(run("palpate --at=-75,1485,95 --force 15 --case desk-neck --json"));
    EXPECT_GT(j["indentation_mm"].get<double>(), 1.0);
    EXPECT_LT(j["indentation_mm"].get<double>(), 30.0);
    EXPECT_GT(j["layers"].size(), 2U);
    const Json light = json_of(run("palpate --at=-75,1485,95 --force 2 --case desk-neck --json"));
    EXPECT_LT(light["indentation_mm"].get<double>(), j["indentation_mm"].get<double>());
}

TEST_F(Commands, AStrokeOverTheBandIsHeardApartFromOneBesideIt) {
    const fs::path out = folder() / "stroke.wav";
    const Json j = json_of(run("palpate --case desk-neck --force 18 --json --sound " + out.string()));
    EXPECT_GE(j["rises_semitones"].get<double>(), 2.0);
    EXPECT_GE(j["over"]["snaps"].get<int>(), 1);
    EXPECT_EQ(j["beside"]["snaps"].get<int>(), 0);
    EXPECT_EQ(j["beside"]["band_shown"].get<double>(), 0.0);
    const std::string wave = read(out);
    EXPECT_EQ(wave.substr(0, 4), "RIFF");
    EXPECT_GT(wave.size(), 2U * 48000U * 2U);
    EXPECT_EQ(run("palpate --sound " + out.string()).code, 2) << "whose band?";
    EXPECT_EQ(run("palpate --force 18").code, 2) << "where?";
}

TEST_F(Commands, ExportedMeshesAreClosed) {
    const fs::path out = folder() / "meshes";
    ASSERT_EQ(run("anatomy export --out " + out.string() + " --only trapezius_descending_r C7 pleura_r").code,
              0);
    for (const char* id : {"trapezius_descending_r", "C7", "pleura_r"}) {
        std::istringstream obj(read(out / (std::string(id) + ".obj")));
        std::map<std::pair<long, long>, int> edges;
        for (std::string line; std::getline(obj, line);) {
            if (line.rfind("f ", 0) != 0) continue;
            std::istringstream words(line.substr(2));
            std::vector<long> v;
            for (std::string w; words >> w;)
                v.push_back(std::stol(w));
            ASSERT_EQ(v.size(), 3U);
            for (std::size_t k = 0; k < 3; ++k)
                ++edges[{v[k], v[(k + 1) % 3]}];
        }
        ASSERT_GT(edges.size(), 100U) << id;
        for (const auto& [edge, count] : edges) {
            ASSERT_EQ(count, 1) << id;
            ASSERT_TRUE(edges.contains({edge.second, edge.first})) << id;
        }
    }
    ASSERT_EQ(run("anatomy export --format glb --out " + out.string() + " --only C7").code, 0);
    EXPECT_EQ(read(out / "C7.glb").substr(0, 4), "glTF");
    EXPECT_EQ(run("anatomy export --out /proc/nowhere --only C7").code, 2);
}

TEST_F(Commands, TheExpertPassesAndItsLogVerifies) {
    const Json score = json_of(run("score --json " + expert_log().string()));
    EXPECT_GE(score["total"].get<double>(), 85.0);
    EXPECT_TRUE(score["pass"].get<bool>());
    EXPECT_TRUE(score["critical"].empty());
    EXPECT_GE(score["items"].size(), 15U);
    for (const Json& item : score["items"]) {
        for (const char* key : {"id", "points", "of", "measure", "unit", "evidence"})
            EXPECT_TRUE(item.contains(key)) << key;
    }
    const Ran verified = run("verify " + expert_log().string());
    EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
    EXPECT_NE(verified.out.find("verified"), std::string::npos);
}

TEST_F(Commands, AChangedByteIsFoundAndNamed) {
    std::string text = read(expert_log());
    const std::size_t at = text.find("\"press\":", text.size() / 2) + 9;
    text[at] = text[at] == '1' ? '2' : '1';
    write(folder() / "changed.tautlog", text);
    const Ran changed = run("verify " + (folder() / "changed.tautlog").string());
    EXPECT_EQ(changed.code, 3);
    EXPECT_NE((changed.out + changed.err).find("line"), std::string::npos);
}

TEST_F(Commands, ACutLogStillScoresVerifiesAndSaysSo) {
    const std::string text = read(expert_log());
    write(folder() / "cut.tautlog", text.substr(0, text.size() * 2 / 3));
    const Ran verified = run("verify " + (folder() / "cut.tautlog").string());
    EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
    EXPECT_NE(verified.err.find("cut off"), std::string::npos);
    EXPECT_EQ(run("score --json " + (folder() / "cut.tautlog").string()).code, 0);
}

TEST_F(Commands, BrokenLogsAreExplainedWithExitCodeTwo) {
    write(folder() / "empty.tautlog", "");
    write(folder() / "half.tautlog", "{\"tautlog\":1,\"prog");
    write(folder() / "no.tautlog", "this is a shopping list\n");
    for (const char* name : {"empty.tautlog", "half.tautlog", "no.tautlog", "missing.tautlog"}) {
        for (const char* command : {"score ", "verify ", "replay "}) {
            const Ran ran = run(command + (folder() / name).string());
            EXPECT_EQ(ran.code, 2) << command << name;
            EXPECT_NE(ran.err.find(name), std::string::npos) << ran.err;
        }
    }
}

TEST_F(Commands, ALogIsNeverOverwritten) {
    const std::string before = read(expert_log());
    EXPECT_EQ(run("autopilot --case desk-neck --trainee novice --log " + expert_log().string()).code, 2);
    EXPECT_EQ(read(expert_log()), before);
}

TEST_F(Commands, TheNoviceScoresLowAndTheLungFailsTheCase) {
    const std::string novice = (folder() / "novice.tautlog").string();
    ASSERT_EQ(run("autopilot --case desk-neck --trainee novice --log " + novice).code, 0);
    EXPECT_LT(json_of(run("score --json " + novice))["total"].get<double>(), 60.0);
    const std::string lung = (folder() / "lung.tautlog").string();
    ASSERT_EQ(run("autopilot --case desk-neck --fault needle_into_lung --log " + lung).code, 0);
    const Json score = json_of(run("score --json " + lung));
    EXPECT_FALSE(score["pass"].get<bool>());
    EXPECT_TRUE(std::any_of(score["critical"].begin(), score["critical"].end(),
                            [](const Json& c) { return c == "pleura"; }));
    const Ran unknown =
        run("autopilot --case desk-neck --fault no_such_fault --log " + (folder() / "x.tautlog").string());
    EXPECT_EQ(unknown.code, 2);
    EXPECT_NE(run("autopilot --fault list").out.find("needle_into_lung"), std::string::npos);
}

TEST_F(Commands, AScriptIsPlayedAndAFaultyOneExplainedLineByLine) {
    write(folder() / "s.jsonl",
          "{\"at\":0.5,\"do\":{\"type\":\"say\",\"topic\":\"identity.name\"}}\n{\"until\":3}\n");
    const fs::path log = folder() / "scripted.tautlog";
    EXPECT_EQ(
        run("script " + (folder() / "s.jsonl").string() + " --case desk-neck --log " + log.string()).code, 0);
    EXPECT_NE(read(log).find("identity.name"), std::string::npos);
    EXPECT_EQ(run("verify " + log.string()).code, 0);
    write(folder() / "bad.jsonl", "{\"at\":0.5,\"do\":{\"type\":\"fly\"}}\nnonsense\n");
    const Ran bad = run("script " + (folder() / "bad.jsonl").string() + " --case desk-neck --log " +
                        (folder() / "y.tautlog").string());
    EXPECT_EQ(bad.code, 2);
    EXPECT_NE(bad.err.find("bad.jsonl:1"), std::string::npos);
    EXPECT_NE(bad.err.find("bad.jsonl:2"), std::string::npos);
}

TEST_F(Commands, ReportsAreWrittenAndUnwritablePlacesExplained) {
    ASSERT_EQ(run("report " + expert_log().string() + " -o " + (folder() / "r.pdf").string()).code, 0);
    EXPECT_EQ(read(folder() / "r.pdf").substr(0, 5), "%PDF-");
    ASSERT_EQ(run("report " + expert_log().string() + " -o " + (folder() / "r.svg").string()).code, 0);
    EXPECT_NE(read(folder() / "r.svg").find("<svg"), std::string::npos);
    EXPECT_EQ(run("report " + expert_log().string() + " -o /proc/r.pdf").code, 2);
    EXPECT_EQ(run("report " + expert_log().string() + " -o " + (folder() / "r.docx").string()).code, 2);
}

TEST_F(Commands, PicturesAreDrawnWithoutADisplay) {
    const fs::path png = folder() / "p.png";
    ASSERT_EQ(run("picture --view neck_shoulder --layers skin=0.3 --size 320x180 -o " + png.string()).code,
              0);
    EXPECT_EQ(read(png).substr(1, 3), "PNG");
    for (const char* panel : {"home", "anatomy", "about"}) {
        EXPECT_EQ(run(std::string("picture --panel ") + panel + " -o " + png.string()).code, 0) << panel;
    }
    EXPECT_EQ(run("picture --panel case --case desk-neck -o " + png.string()).code, 0);
    EXPECT_EQ(run("picture --panel debrief --log " + expert_log().string() + " -o " + png.string()).code, 0);
    EXPECT_EQ(
        run("picture --log " + expert_log().string() + " --at 100 --size 320x180 -o " + png.string()).code,
        0);
    EXPECT_EQ(run("picture --view list").code, 0);
    EXPECT_EQ(run("picture --view no_such_view -o " + png.string()).code, 2);
    EXPECT_EQ(run("picture --layers nonsense -o " + png.string()).code, 2);
    EXPECT_EQ(run("picture --size 1x1 -o " + png.string()).code, 2);
    EXPECT_EQ(run("picture --camera 1,2,3 -o " + png.string()).code, 2);
}

TEST_F(Commands, TheStepOfTheLadderIsNotedAsHelpAndRefusedInAnAssessment) {
    const fs::path actions = folder() / "wait.jsonl", log = folder() / "seen.tautlog";
    write(actions, "{\"until\": 1}\n");
    const std::string script = "script " + actions.string() + " --case desk-neck --log ";
    ASSERT_EQ(run(script + log.string() + " --see seen_through").code, 0);
    EXPECT_NE(read(log).find("{\"type\":\"help_used\",\"what\":\"seen_through\"}"), std::string::npos);
    EXPECT_EQ(run("verify " + log.string()).code, 0);
    EXPECT_EQ(json_of(run("score " + log.string() + " --json"))["help"].size(), 1U);
    const fs::path blind = folder() / "blind.tautlog";
    ASSERT_EQ(run(script + blind.string()).code, 0);
    EXPECT_EQ(read(blind).find("help_used"), std::string::npos);
    const Ran exam =
        run(script + (folder() / "exam.tautlog").string() + " --mode assessment --see half_seen");
    EXPECT_EQ(exam.code, 2);
    EXPECT_NE(exam.err.find("practice or demo"), std::string::npos) << exam.err;
    const fs::path png = folder() / "seen.png";
    EXPECT_EQ(run("picture --panel case --case desk-neck --see half_seen -o " + png.string()).code, 0);
    EXPECT_EQ(run("picture --see everything -o " + png.string()).code, 1);
}

TEST_F(Commands, UltrasoundIsDrawnAndBadInputRefusedInOneSentence) {
    const fs::path png = folder() / "us.png";
    const Json j = json_of(run("ultrasound --point trapezius-descendens-1_r --json -o " + png.string()));
    EXPECT_EQ(read(png).substr(1, 3), "PNG");
    ASSERT_TRUE(j["middle_line"].is_array());
    EXPECT_EQ(j["middle_line"][0]["kind"], "skin");
    const std::string out = " -o " + png.string(), at = "ultrasound --at=-82,1484,100 ";
    EXPECT_EQ(run(at +
                  "--along 0,0,-1 --tilt 10 --rock -5 --depth 30 --gain 6 --press 5 --time 1.5 "
                  "--needle=-100,1484,100,-85,1479,95 --gauge 25" +
                  out)
                  .code,
              0);
    for (const char* bad :
         {"--depth 70", "--gain 31", "--width 20", "--press 40", "--tilt 80", "--scale 1", "--frequency 3",
          "--along 0,0,0", "--along x", "--needle 1,2,3", "--gauge 24 --needle 1,2,3,4,5,6",
          "--needle 1,2,3,1,2,3", "--point trapezius-descendens-1_r", "--case nobody"}) {
        const Ran ran = run(at + bad + out);
        EXPECT_EQ(ran.code, 2) << bad;
        EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    }
    EXPECT_EQ(run("ultrasound" + out).code, 2);
    EXPECT_EQ(run("ultrasound --at 1,2,3").code, 2);
    EXPECT_EQ(run("ultrasound --point nowhere-1" + out).code, 2);
    EXPECT_EQ(run("ultrasound --at 5000,5000,5000" + out).code, 2);
    EXPECT_EQ(run("ultrasound --log " + expert_log().string() + out).code, 2); // no probe in it
}

TEST_F(Commands, CheckFindsNoFaultInTheProductAndEveryPlantedOneInAScene) {
    EXPECT_EQ(run("check").code, 0);
    const fs::path scenes = fs::path(TB_SOURCE_DIR) / "scenes/practice";
    std::string scene;
    for (const auto& entry : fs::directory_iterator(scenes))
        scene = read(entry.path());
    const auto planted = [&](const std::string& from, const std::string& to) {
        std::string text = scene;
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        if (at != std::string::npos) text.replace(at, from.size(), to);
        write(folder() / "planted.json", text);
        return run("check " + (folder() / "planted.json").string());
    };
    for (const auto& [from, to] : {std::pair<const char*, const char*>{"\"height_cm\"", "\"height_m\""},
                                   {"trapezius-descendens-1", "trapezius-nowhere-9"},
                                   {"\"weight_kg\"", "\"weight_lb\""}}) {
        const Ran ran = planted(from, to);
        EXPECT_EQ(ran.code, 2) << to;
        EXPECT_NE(ran.err.find("planted.json"), std::string::npos) << ran.err;
    }
    write(folder() / "half.json", scene.substr(0, scene.size() / 2));
    EXPECT_EQ(run("check " + (folder() / "half.json").string()).code, 2);
}

TEST_F(Commands, CheckReadsReferralZonesAndCalibration) {
    for (const char* file : {"clinical/referral_zones.json", "figures/calibration.json"}) {
        const fs::path path = fs::path(TB_SOURCE_DIR) / "assets" / file;
        EXPECT_EQ(run("check " + path.string()).code, 0) << file;
        std::string text = read(path);
        const std::string key = "\"about\"";
        ASSERT_NE(text.find(key), std::string::npos);
        text.replace(text.find(key), key.size(), "\"abuot\"");
        const fs::path damaged = folder() / path.filename();
        write(damaged, text);
        const Ran ran = run("check " + damaged.string());
        EXPECT_EQ(ran.code, 2) << file;
        EXPECT_NE(ran.err.find("abuot"), std::string::npos) << ran.err;
    }
    const Json checked = json_of(run("check --json"))["checked"];
    EXPECT_TRUE(std::any_of(checked.begin(), checked.end(), [](const Json& f) {
        return f.get<std::string>().ends_with("calibration.json");
    }));
}

TEST_F(Commands, TriggerPointsAreCheckedAndAskedForAPlaceThatHurts) {
    const Ran all = run("trigger-points --check");
    EXPECT_EQ(all.code, 0) << all.out << all.err;
    EXPECT_NE(all.out.find("156 of 160"), std::string::npos) << all.out;
    EXPECT_NE(all.out.find("the arm abducted"), std::string::npos) << "the reason of a known one";
    for (const char* how : {"", "--check "}) {
        const Ran ran = run(std::string("trigger-points ") + how + "--muscle nonsense");
        EXPECT_EQ(ran.code, 2) << how;
        EXPECT_NE(ran.err.find("nonsense"), std::string::npos) << ran.err;
    }
    EXPECT_EQ(run("trigger-points --hurts head.temple --side middle").code, 1);
    const Json left = json_of(run("trigger-points --json --hurts head.temple --side left"));
    ASSERT_FALSE(left.empty());
    EXPECT_TRUE(left[0]["id"].get<std::string>().ends_with("_l"));
    // The example of the help answers something.
    const std::string help = run("trigger-points --help").out;
    const std::size_t at = help.find("--hurts=");
    ASSERT_NE(at, std::string::npos);
    const std::string example = help.substr(at, help.find_first_of(" \n", at) - at);
    EXPECT_FALSE(json_of(run("trigger-points --json " + example)).empty()) << example;
}

TEST_F(Commands, MissingAndDamagedAssetsAreExplained) {
    const Ran no_body = run("anatomy list", "TAUTBAND_ANATOMY=" + (folder() / "nowhere").string());
    EXPECT_EQ(no_body.code, 2);
    EXPECT_NE(no_body.err.find("body.glb"), std::string::npos);

    const fs::path damaged = folder() / "damaged";
    fs::create_directories(damaged);
    const fs::path built = fs::path(TB_BINARY_DIR) / "anatomy";
    fs::copy_file(built / "catalogue.json", damaged / "catalogue.json", fs::copy_options::overwrite_existing);
    std::string glb = read(built / "body.glb");
    write(damaged / "body.glb", glb.substr(0, glb.size() / 3));
    EXPECT_EQ(run("anatomy list", "TAUTBAND_ANATOMY=" + damaged.string()).code, 2);
    glb[glb.size() / 2] = static_cast<char>(glb[glb.size() / 2] ^ 0x5a);
    write(damaged / "body.glb", glb);
    EXPECT_EQ(run("anatomy list", "TAUTBAND_ANATOMY=" + damaged.string()).code, 2);

    const Ran no_root = run("cases", "TAUTBAND_ROOT=" + (folder() / "nowhere").string());
    EXPECT_EQ(no_root.code, 2);
    EXPECT_FALSE(no_root.err.empty());
}

TEST_F(Commands, TheForgeExplainsBadTables) {
    const auto forge = [&](const std::string& arguments) {
        const int status = std::system((TB_BINARY_DIR "/tautband-forge " + arguments + " >/dev/null 2>" +
                                        (folder() / "stderr.txt").string())
                                           .c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    };
    EXPECT_EQ(forge("--figures " + (folder() / "nowhere").string() + " --out " + (folder() / "o").string()),
              2);
    EXPECT_FALSE(read(folder() / "stderr.txt").empty());
}

TEST_F(Commands, PublishedValuesAreMet) {
    const Json values = json_of(run("values --json"));
    EXPECT_EQ(values.size(), 57U);
    for (const Json& v : values)
        EXPECT_NE(v["verdict"], "missed") << v["id"];
}

} // namespace
} // namespace tb
