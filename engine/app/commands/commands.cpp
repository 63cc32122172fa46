#include "app/commands/commands.h"

#include <charconv>
#include <cstdio>

#include <fmt/format.h>

#include "events/sight.h"

namespace tb::app {

const std::vector<AddCommand>& commands() {
    static const std::vector<AddCommand> kCommands = {
        add_gui,       add_cases,  add_anatomy, add_trigger_points, add_probe,       add_palpate,
        add_autopilot, add_script, add_score,   add_verify,         add_report,      add_picture,
        add_check,     add_bench,  add_values,  add_demonstrate,    add_calibration, add_ultrasound,
    };
    return kCommands;
}

int report_error(const Error& error) {
    fmt::print(stderr, "tautband: {}\n", error.text());
    return exit_code_of(error.code);
}

int report_errors(const std::vector<Error>& errors) {
    int code = 2;
    for (const Error& e : errors)
        code = report_error(e);
    return code;
}

void print_json(const Json& json) {
    const std::string text = json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
}

Json vector_json(const geometry::Vec3& v, double quantum) {
    return {quantise(v.x, quantum), quantise(v.y, quantum), quantise(v.z, quantum)};
}

Expected<geometry::Vec3> parse_point(const std::string& text, const std::string& option) {
    geometry::Vec3 p{0.0};
    const char* at = text.data();
    const char* end = at + text.size();
    for (int i = 0; i < 3; ++i) {
        const auto [next, error] = std::from_chars(at, end, p[i]);
        const bool separated = i == 2 ? next == end : next != end && *next == ',';
        if (error != std::errc() || !separated || std::abs(p[i]) > 10000.0) {
            return fail(
                ErrorCode::BadInput,
                fmt::format("{} needs three numbers in millimetres, X,Y,Z without spaces; \"{}\" is not that",
                            option, text));
        }
        at = next + 1;
    }
    return p;
}

std::optional<Content> content_or_report(Anatomy anatomy, int& exit_code) {
    auto content = load_content(find_places(), anatomy);
    if (!content) {
        exit_code = report_errors(content.error());
        return std::nullopt;
    }
    return std::move(*content);
}

void add_see(CLI::App* command, std::string& see, const std::string& about) {
    std::vector<std::string> words;
    for (const events::Sight s : events::kSights)
        words.emplace_back(events::word_of(s));
    command->add_option("--see", see, about + ": " + fmt::format("{}", fmt::join(words, ", ")))
        ->check(CLI::IsMember(words));
}

ExpectedAll<CaseWorld> world_for_queries(const Content& content, const std::string& case_id) {
    if (case_id.empty()) {
        auto body = anatomy::Body::create(*content.atlas, {}, 1);
        if (!body) return tl::unexpected(body.error());
        CaseWorld world;
        world.body = std::make_unique<anatomy::Body>(std::move(*body));
        world.world = {world.body.get(), nullptr, &content.parameters};
        return world;
    }
    const scenario::Scenario* scenario = content.scene(case_id);
    if (scenario == nullptr) {
        return tl::unexpected(
            std::vector<Error>{{ErrorCode::NotFound,
                                fmt::format("there is no case \"{}\"; `tautband cases` lists them", case_id),
                                {}}});
    }
    return make_world(content, *scenario, scenario->seed);
}

} // namespace tb::app
