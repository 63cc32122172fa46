// The module table of engine/CMakeLists.txt against every #include, and the promises about the core's
// sources.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path kEngine = fs::path(TB_SOURCE_DIR) / "engine";

std::string read(const fs::path& path) {
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

using Table = std::map<std::string, std::set<std::string>>;

/// tb_module(NAME x ... USES a b c ...) as written in the build file.
Table module_table() {
    Table table;
    const std::string text = read(kEngine / "CMakeLists.txt");
    const std::regex module(R"(tb_module\(NAME (\w+)([^)]*)\))");
    for (auto it = std::sregex_iterator(text.begin(), text.end(), module); it != std::sregex_iterator();
         ++it) {
        std::istringstream words((*it)[2].str());
        std::set<std::string>& uses = table[(*it)[1]];
        bool in_uses = false;
        for (std::string w; words >> w;) {
            if (w == "FILES" || w == "LINKS" || w == "PRIVATE_LINKS") {
                in_uses = false;
            } else if (w == "USES") {
                in_uses = true;
            } else if (in_uses) {
                uses.insert(w);
            }
        }
    }
    return table;
}

std::vector<fs::path> sources(const std::string& module) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(kEngine / module)) {
        if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h")
            files.push_back(entry.path());
    }
    return files;
}

std::vector<std::string> includes(const std::string& text) {
    std::vector<std::string> found;
    const std::regex include(R"(#include [<"]([^>"]+)[>"])");
    for (auto it = std::sregex_iterator(text.begin(), text.end(), include); it != std::sregex_iterator();
         ++it) {
        found.push_back((*it)[1]);
    }
    return found;
}

const std::set<std::string> kCore = {"base",     "geometry",  "events",  "anatomy", "tissue",
                                     "scenario", "procedure", "session", "scoring", "training"};

TEST(Architecture, EveryIncludeFollowsTheModuleTable) {
    const Table table = module_table();
    ASSERT_GE(table.size(), 15U);
    for (const auto& [module, uses] : table) {
        for (const fs::path& file : sources(module)) {
            for (const std::string& include : includes(read(file))) {
                const std::string target = include.substr(0, include.find('/'));
                if (target == include || !table.contains(target) || target == module) continue;
                EXPECT_TRUE(uses.contains(target))
                    << file << " includes " << include << ", but " << module << " may not use " << target;
            }
        }
    }
}

TEST(Architecture, TheTableHasNoCircles) {
    Table table = module_table();
    while (!table.empty()) {
        const auto leaf = std::find_if(table.begin(), table.end(), [&](const auto& row) {
            return std::none_of(row.second.begin(), row.second.end(),
                                [&](const auto& m) { return table.contains(m); });
        });
        ASSERT_NE(leaf, table.end()) << "modules use each other in a circle, " << table.begin()->first
                                     << " among them";
        table.erase(leaf);
    }
}

TEST(Architecture, EveryModuleFolderIsInTheTable) {
    const Table table = module_table();
    for (const auto& entry : fs::directory_iterator(kEngine)) {
        if (!entry.is_directory()) continue;
        EXPECT_TRUE(table.contains(entry.path().filename().string())) << entry.path();
    }
}

TEST(Architecture, ScoringSeesOnlyTheLogNeverTheSession) {
    const Table table = module_table();
    EXPECT_FALSE(table.at("scoring").contains("session"));
    EXPECT_FALSE(table.at("render").contains("anatomy"));
}

TEST(Architecture, TheCoreKnowsNoScreenClockFileOrThread) {
    const std::set<std::string> forbidden = {"SDL.h",  "SDL2/SDL.h", "imgui.h",  "glad/gl.h",  "chrono",
                                             "thread", "mutex",      "future",   "filesystem", "fstream",
                                             "ctime",  "random",     "sqlite3.h"};
    for (const std::string& module : kCore) {
        for (const fs::path& file : sources(module)) {
            for (const std::string& include : includes(read(file))) {
                EXPECT_FALSE(forbidden.contains(include)) << file << " includes " << include;
            }
        }
    }
}

TEST(Architecture, TheCoreUsesNoForeignRandomNumbersAndNoUnorderedContainers) {
    const std::regex word(
        R"(\b(std::rand|srand|unordered_map|unordered_set|shared_ptr|getenv|fopen|ifstream|ofstream)\b)");
    for (const std::string& module : kCore) {
        for (const fs::path& file : sources(module)) {
            std::smatch match;
            const std::string text = read(file);
            EXPECT_FALSE(std::regex_search(text, match, word)) << file << " uses " << match.str();
        }
    }
}

TEST(Architecture, NoFileIsLongerThan900LinesAndFewAreLongerThan600) {
    int longer = 0;
    for (const auto& entry : fs::recursive_directory_iterator(kEngine)) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
        const std::string text = read(entry.path());
        const auto lines = std::count(text.begin(), text.end(), '\n');
        EXPECT_LE(lines, 900) << entry.path();
        longer += lines > 600 ? 1 : 0;
    }
    EXPECT_EQ(longer, 0) << "files over 600 lines";
}

TEST(Architecture, TheProductNeverRefersToTheSharedFolder) {
    for (const char* folder : {"engine", "shaders", "scenes", "tests/unit", "tests/replay", "tests/values"}) {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(TB_SOURCE_DIR) / folder)) {
            if (!entry.is_regular_file()) continue;
            EXPECT_EQ(read(entry.path()).find(std::string("/sha") + "red/"), std::string::npos)
                << entry.path();
        }
    }
}

} // namespace
