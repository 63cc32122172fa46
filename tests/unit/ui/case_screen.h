// The case screen of the small body, in practice, drawn without a window.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "screen.h"

#include "training/mode.h"
#include "unit/session/small_world.h"

namespace tb::test {

inline const procedure::Procedure& procedure_table() {
    static const auto kTable = [] {
        const std::string path = TB_SOURCE_DIR "/assets/clinical/procedure.json";
        const auto json = parse_json(file_bytes(path), path);
        TB_CHECK(json.has_value());
        return procedure::procedure_from_json(*json, path);
    }();
    TB_CHECK(kTable.has_value());
    return *kTable;
}

class CaseScreen : public ::testing::Test {
protected:
    CaseScreen() {
        screen.model.session = &session;
        screen.model.body = &small.body();
        screen.model.scenario = &small.scenario();
        screen.model.procedure = &procedure_table();
        screen.model.mode = *training::mode_rules("practice");
        screen.shell->show(ui::Screen::Case);
        screen.settle();
    }
    /// Submits what the screen asked for, as the application does.
    void submit() {
        for (const events::Action& a : std::exchange(screen.actions, {}))
            session.submit(a);
        session.advance();
    }
    /// What the log tells of help, in order.
    std::vector<std::string> help() const {
        std::vector<std::string> words;
        for (const auto& h : all<events::HelpUsed>(session))
            words.push_back(h.what);
        return words;
    }

    SmallWorld small;
    session::Session session{small.world(), session::Options{}};
    Screen screen;
};

} // namespace tb::test
