#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "app/files.h"
#include "app/live_log.h"

namespace tb::app {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for each test.
class Files : public ::testing::Test {
protected:
    void SetUp() override {
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        folder = fs::temp_directory_path() / ("tautband-" + std::to_string(::getpid()) + "-" +
                                              info->test_suite_name() + "-" + info->name());
        fs::create_directories(folder);
    }
    void TearDown() override { fs::remove_all(folder); }
    fs::path folder;
};
using LiveLogFile = Files;

TEST_F(Files, AMissingFileIsExplained) {
    const auto text = read_file(folder / "nothing.json");
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::NotFound);
    EXPECT_NE(text.error().text().find("nothing.json"), std::string::npos);
}

TEST_F(Files, AFolderIsNotReadAsAFile) {
    EXPECT_FALSE(read_file(folder));
}

TEST_F(Files, WrittenBytesReadBackAndNoPartIsLeft) {
    const std::string bytes("a\0b\n", 4);
    ASSERT_TRUE(write_file(folder / "x.bin", bytes));
    EXPECT_EQ(*read_file(folder / "x.bin"), bytes);
    EXPECT_FALSE(fs::exists(folder / "x.bin.part"));
}

TEST_F(Files, AnEmptyFileReadsAsEmpty) {
    ASSERT_TRUE(write_file(folder / "empty", ""));
    ASSERT_TRUE(read_file(folder / "empty"));
    EXPECT_TRUE(read_file(folder / "empty")->empty());
}

TEST_F(Files, WritingIntoAMissingFolderIsExplainedAndChangesNothing) {
    const auto ok = write_file(folder / "missing" / "x", "text");
    ASSERT_FALSE(ok);
    EXPECT_EQ(ok.error().code, ErrorCode::Unwritable);
}

TEST_F(Files, AFullDiskIsExplained) {
    ASSERT_TRUE(fs::exists("/dev/full"));
    const Error e = write_error("/dev/full", ENOSPC);
    EXPECT_NE(e.message.find("full"), std::string::npos);
    EXPECT_EQ(exit_code_of(e.code), 2);
}

TEST_F(Files, AFileInThePlaceOfAFolderIsExplained) {
    ASSERT_TRUE(write_file(folder / "file", "x"));
    EXPECT_FALSE(need_folder(folder / "file"));
    EXPECT_FALSE(need_folder(folder / "file" / "below"));
}

TEST_F(Files, AnEmptyOrRelativeXdgVariableIsIgnored) {
    ::setenv("HOME", folder.c_str(), 1);
    ::setenv("XDG_DATA_HOME", "", 1);
    EXPECT_EQ(data_folder(), folder / ".local/share/tautband");
    ::setenv("XDG_DATA_HOME", "relative/path", 1);
    EXPECT_EQ(data_folder(), folder / ".local/share/tautband");
    ::setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
    EXPECT_EQ(data_folder(), folder / "data/tautband");
    ::unsetenv("XDG_DATA_HOME");
}

events::EventLog small_log() {
    events::LogHeader h;
    h.scenario = "desk-neck";
    events::EventLog log(h);
    for (int i = 0; i < 50; ++i)
        log.append(i, "trainee", events::Action(events::Say{"identity.name"}));
    return log;
}

TEST_F(LiveLogFile, HoldsEveryLineAfterAFlush) {
    auto log = small_log();
    auto file = LiveLog::create(folder / "a.tautlog", log);
    ASSERT_TRUE(file);
    (*file)->take(log);
    ASSERT_TRUE((*file)->flush());
    EXPECT_EQ(*read_file(folder / "a.tautlog"), log.text());
}

TEST_F(LiveLogFile, IsCompleteWhenItEnds) {
    auto log = small_log();
    {
        auto file = LiveLog::create(folder / "a.tautlog", log);
        ASSERT_TRUE(file);
        (*file)->take(log);
    }
    EXPECT_EQ(*read_file(folder / "a.tautlog"), log.text());
}

TEST_F(LiveLogFile, NeverOverwritesALog) {
    ASSERT_TRUE(write_file(folder / "a.tautlog", "precious"));
    auto log = small_log();
    EXPECT_FALSE(LiveLog::create(folder / "a.tautlog", log));
    EXPECT_EQ(*read_file(folder / "a.tautlog"), "precious");
}

TEST_F(LiveLogFile, SaysThatTheDiskRefusesAndWritesTheRestWhenItTakesAgain) {
    // A limit on the file's size stands in for the full disk: the kernel refuses in the same way.
    events::EventLog log{events::LogHeader{}};
    auto file = LiveLog::create(folder / "a.tautlog", log);
    ASSERT_TRUE(file);
    for (int i = 0; i < 50; ++i)
        log.append(i, "trainee", events::Action(events::Say{"identity.name"}));

    struct rlimit before {};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    auto* old_handler = ::signal(SIGXFSZ, SIG_IGN);
    struct rlimit small = before;
    small.rlim_cur = 1000;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    (*file)->take(log);
    EXPECT_FALSE((*file)->flush());
    ASSERT_TRUE((*file)->problem());
    EXPECT_NE((*file)->problem()->text().find("a.tautlog"), std::string::npos);

    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    ::signal(SIGXFSZ, old_handler);
    for (int i = 0; i < 100 && (*file)->problem(); ++i)
        ::usleep(50000); // it tries again every second by itself
    EXPECT_TRUE((*file)->flush());
    EXPECT_EQ(*read_file(folder / "a.tautlog"), log.text());
}

TEST_F(Files, ADeviceIsNotReadAsAFile) {
    EXPECT_FALSE(read_file("/dev/zero"));
}

TEST_F(LiveLogFile, ReopeningRemovesACutLineAndKeepsItBeside) {
    const auto log = small_log();
    const std::string whole = log.text();
    ASSERT_TRUE(write_file(folder / "a.tautlog", whole + "{\"t\":51,\"n\""));
    auto file = LiveLog::reopen(folder / "a.tautlog", whole.size());
    ASSERT_TRUE(file);
    EXPECT_EQ(*read_file(folder / "a.tautlog"), whole);
    EXPECT_EQ(*read_file(folder / "a.tautlog.cut"), "{\"t\":51,\"n\"");
}

TEST_F(LiveLogFile, UnfinishedLogsAreFoundNewestFirstAndFinishedOnesAreNot) {
    auto finished = small_log();
    finished.append(60, "trainee", events::Action(events::FinishCase{"injected"}));
    ASSERT_TRUE(write_file(folder / "2026-01-01T00-00-00Z_a.tautlog", small_log().text()));
    ASSERT_TRUE(write_file(folder / "2026-01-02T00-00-00Z_a.tautlog", small_log().text()));
    ASSERT_TRUE(write_file(folder / "2026-01-03T00-00-00Z_a.tautlog", finished.text()));
    ASSERT_TRUE(write_file(folder / "2026-01-04T00-00-00Z_a.tautlog", "garbage"));
    const auto found = find_unfinished(folder);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].path.filename(), "2026-01-02T00-00-00Z_a.tautlog");
    EXPECT_EQ(found[0].events, 50U);
}

TEST_F(LiveLogFile, NewNamesAvoidOldOnes) {
    const fs::path first = new_log_path(folder, "c", "2026-11-24T15:20:00Z");
    EXPECT_EQ(first.filename(), "2026-11-24T15-20-00Z_c.tautlog");
    ASSERT_TRUE(write_file(first, "x"));
    EXPECT_NE(new_log_path(folder, "c", "2026-11-24T15:20:00Z"), first);
}

} // namespace
} // namespace tb::app
