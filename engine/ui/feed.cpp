#include "ui/feed.h"

#include <fmt/format.h>

#include "procedure/rules.h"
#include "ui/frame.h"

namespace tb::ui {
namespace {

using Line = std::optional<FeedLine>;

FeedLine line(Sign sign, std::string text) {
    FeedLine l;
    l.sign = sign;
    l.text = std::move(text);
    return l;
}

std::string agent_name(const scenario::Scenario* scenario, const std::string& id) {
    if (scenario != nullptr) {
        if (const auto* a = scenario->tables.antiseptic(id)) return a->name;
        if (const auto* d = scenario->tables.drug(id)) return d->name;
    }
    return id;
}

std::string plain(std::string id) {
    for (char& c : id) {
        if (c == '_' || c == '-') c = ' ';
    }
    return id;
}

struct Describe {
    const Names& names;
    bool verdicts;

    [[nodiscard]] std::string structure(std::string_view id) const {
        return in_sentence(structure_name(names.body, id));
    }

    // Findings.
    Line operator()(const events::Contact& f) const {
        if (!f.touching) return {};
        if (f.tool == events::Tool::Finger && verdicts && !f.muscle.empty()) {
            return line(Sign::Info, fmt::format("Under your finger: {}.", structure(f.muscle)));
        }
        return {};
    }
    Line operator()(const events::Felt& f) const {
        if (f.band < 0.45) return {};
        return line(Sign::Info, f.nodule >= 0.45 ? "A rope-like band with a tight knot under the finger."
                                                 : "A rope-like band under the finger.");
    }
    Line operator()(const events::Stroke& f) const {
        if (f.length_across.value() < 5.0) return {};
        if (f.best_band < 0.12) {
            return line(Sign::Info, fmt::format("Stroke of {:.0f} mm across the fibres: no band felt.",
                                                f.length_across.value()));
        }
        return line(Sign::Info,
                    fmt::format("Stroke of {:.0f} mm across the fibres: {}.", f.length_across.value(),
                                f.best_band < 0.45 ? "something firmer" : "a taut band"));
    }
    Line operator()(const events::HeldPressure& f) const {
        std::string found;
        for (const auto& c : f.criteria)
            found += (found.empty() ? "" : ", ") + c;
        return line(found.empty() ? Sign::Info : Sign::Done,
                    fmt::format("Held {:.0f} s with {:.1f} kg. {}", f.duration.value(),
                                f.press.value() / kNewtonPerKilogram,
                                found.empty() ? "No criterion met here." : "Criteria here: " + found + "."));
    }
    Line operator()(const events::PressureThreshold& f) const {
        const std::string read =
            fmt::format("Algometer, {}: {:.1f} kg/cm².",
                        in_sentence(scoring::reading_place(names.body, f, verdicts)), f.pressure.value());
        if (!f.quick) return line(Sign::Info, read);
        return line(Sign::Caution, fmt::format("{} Pressed too fast to compare: {:.1f} kg/cm² a second.",
                                               read, f.rate.value()));
    }
    Line operator()(const events::PatientSaid& f) const {
        return line(Sign::Speech, f.pain >= 0.0 ? fmt::format("\"{}\" (pain {:.0f} of 10)", f.text, f.pain)
                                                : fmt::format("\"{}\"", f.text));
    }
    Line operator()(const events::Marked&) const {
        return line(Sign::Info, "Skin marked. The cleaned field counts around this mark.");
    }
    Line operator()(const events::SkinState& f) const {
        if (f.occasion == "touched") {
            return line(Sign::Caution,
                        "The cleaned skin was touched: it is no longer clean. Clean and dry it again.");
        }
        if (f.occasion == "dry") return line(Sign::Info, "The antiseptic has dried.");
        return line(Sign::Info,
                    fmt::format("{}: {:.0f} % of the field covered, {:.0f} s of rubbing, {:.0f} % dry.",
                                agent_name(names.scenario, f.agent), 100.0 * f.coverage, f.friction.value(),
                                100.0 * f.dryness));
    }
    Line operator()(const events::Punctured& f) const {
        std::string from =
            f.from_mark.value() >= 0.0 ? fmt::format(", {:.0f} mm from the mark", f.from_mark.value()) : "";
        return line(Sign::Info,
                    fmt::format("The needle is through the skin at {:.0f}°{}.", f.angle.value(), from));
    }
    Line operator()(const events::TipMoved& f) const {
        if (!f.entered) return {};
        if (is_hazard(f.kind)) {
            if (!verdicts) return {};
            return line(Sign::Danger, fmt::format("The tip went into: {}, {:.0f} mm deep.",
                                                  structure(f.structure), f.depth.value()));
        }
        if (f.kind == StructureKind::Bone) {
            return line(Sign::Caution,
                        fmt::format("Hard stop at {:.0f} mm: bone. Draw back a little.", f.depth.value()));
        }
        if (!verdicts || f.kind != StructureKind::Muscle) return {};
        return line(Sign::Info, fmt::format("A small give at {:.0f} mm: the tip is in: {}.", f.depth.value(),
                                            structure(f.structure)));
    }
    Line operator()(const events::Clearance& f) const {
        if (!verdicts || f.distance.value() > 5.0) return {};
        return line(Sign::Caution, fmt::format("Near miss: {:.0f} mm from {}.",
                                               std::max(0.0, f.distance.value()), structure(f.structure)));
    }
    Line operator()(const events::NeedlePass& f) const {
        return line(f.hub ? Sign::Danger : Sign::Info,
                    fmt::format("Pass {} ended, deepest {:.0f} mm{}{}.", f.number, f.max_depth.value(),
                                f.hub ? "; the needle went in to the hub" : "",
                                verdicts && !f.through.empty()
                                    ? fmt::format("; it went through {} and out on the far side",
                                                  structure(f.through))
                                    : ""));
    }
    Line operator()(const events::NeedleBent& f) const {
        return line(Sign::Danger, f.cause == "bone"
                                      ? "The needle bent on bone. Take a new one."
                                      : "The needle bent: it was levered while deep. Take a new one.");
    }
    Line operator()(const events::Leaked& f) const {
        return line(Sign::Caution, fmt::format("{:.2f} mL ran back out of the puncture.", f.volume.value()));
    }
    Line operator()(const events::Bleeding& f) const {
        return line(Sign::Info, fmt::format("The puncture bled for {:.0f} s, {:.1f} mL.", f.duration.value(),
                                            f.volume.value()));
    }
    Line operator()(const events::Twitch&) const {
        return line(Sign::Done, "Local twitch: the band jumps. The tip or finger is on the point.");
    }
    Line operator()(const events::Aspirated& f) const {
        if (f.result == "blood")
            return line(Sign::Danger, "Blood in the hub: do not inject. Withdraw and choose another path.");
        if (f.result == "air") return line(Sign::Danger, "Air came back. Stop and withdraw.");
        return line(Sign::Done, fmt::format("Aspirated {:.1f} s: clear.", f.held.value()));
    }
    Line operator()(const events::Deposited& f) const {
        const std::string where = f.kind == StructureKind::Skin ? "the skin (wheal)"
                                  : verdicts                    ? structure(f.structure)
                                                                : "the tissue";
        return line(f.aspirated ? Sign::Info : Sign::Caution,
                    fmt::format("{:.2f} mL {} into {}{}.", f.volume.value(),
                                agent_name(names.scenario, f.agent), where.empty() ? "the tissue" : where,
                                f.aspirated ? "" : ", without aspirating here first"));
    }
    Line operator()(const events::Numbed& f) const {
        return line(Sign::Done, f.method == "spray" ? "The skin is cold and numb for about a minute."
                                                    : "The skin over the mark is numb.");
    }
    Line operator()(const events::ActivityDone& f) const {
        return line(Sign::Info,
                    fmt::format("{} ended after {:.0f} s.", activity_name(f.activity), f.duration.value()));
    }
    Line operator()(const events::NeedleOut& f) const {
        return line(Sign::Info,
                    fmt::format("The needle is out after {:.0f} s and {} {}. Press, then sharps box.",
                                f.inside.value(), f.passes, f.passes == 1 ? "pass" : "passes"));
    }
    Line operator()(const events::Followed& f) const {
        return line(Sign::Info,
                    fmt::format("The picture showed the tip for {:.0f} of {:.0f} mm beyond the fascia.",
                                f.seen.value(), f.advanced.value()));
    }
    Line operator()(const events::Complication& f) const {
        if (!verdicts) return {};
        const std::string cause = f.cause.empty() ? "" : fmt::format(" ({})", structure(f.cause));
        return line(Sign::Danger, fmt::format("Complication: {}{}.", plain(f.id), cause));
    }
    Line operator()(const events::StepDone& f) const {
        if (!verdicts) return {};
        return line(Sign::Done, fmt::format("Done: {}.", step_title(names.procedure, f.step)));
    }
    Line operator()(const events::RuleBroken& f) const {
        if (!verdicts) return {};
        if (f.detail.ends_with('.')) return line(Sign::Danger, f.detail); // it says everything itself
        const procedure::Rule* rule = procedure::find_rule(f.rule);
        std::string text(rule != nullptr ? rule->text : plain(f.rule));
        if (!f.detail.empty()) text += fmt::format(" ({})", f.detail);
        return line(Sign::Danger, text);
    }
    Line operator()(const events::HintGiven& f) const { return line(Sign::Hint, f.text); }
    Line operator()(const events::HelpUsed& f) const {
        return line(Sign::Hint, fmt::format("Help noted in the log: {}.", scoring::words_of_help(f.what)));
    }
    Line operator()(const events::Refused& f) const { return line(Sign::Refused, f.reason); }
    Line operator()(const events::Checkpoint&) const { return {}; }

    // Actions worth a line; what a person does with the hand is seen in its findings.
    Line operator()(const events::SetPosture& a) const {
        return line(Sign::Info, fmt::format("The patient is {}.", posture_name(a.posture)));
    }
    Line operator()(const events::WearGloves& a) const {
        return line(Sign::Info, a.gloves == events::Gloves::None      ? "Gloves off."
                                : a.gloves == events::Gloves::Sterile ? "Sterile gloves on."
                                                                      : "Clean gloves on.");
    }
    Line operator()(const events::TakeAntiseptic& a) const {
        return line(Sign::Info,
                    fmt::format("Fresh applicator with {}.", agent_name(names.scenario, a.agent)));
    }
    Line operator()(const events::MountNeedle& a) const {
        return line(Sign::Info, fmt::format("{} G × {:.0f} mm needle mounted.", a.gauge, a.length.value()));
    }
    Line operator()(const events::DrawUp& a) const {
        return line(Sign::Info, fmt::format("{:.1f} mL {} drawn up. Expel the air.", a.volume.value(),
                                            agent_name(names.scenario, a.agent)));
    }
    Line operator()(const events::ExpelAir&) const { return line(Sign::Info, "No air left in the syringe."); }
    Line operator()(const events::Declare& a) const {
        return line(Sign::Info, fmt::format("You stated: {} – {}.", plain(a.what), structure(a.value)));
    }
    Line operator()(const events::Dispose& a) const {
        return line(Sign::Info, fmt::format("Thrown away: {}, into the {}.", plain(a.item), plain(a.place)));
    }
    Line operator()(const events::HoldProbe& a) const {
        return line(Sign::Info, !a.on       ? "Probe put back."
                                : a.covered ? "Probe in its sterile cover taken."
                                            : "Probe taken, without a sterile cover.");
    }
    Line operator()(const events::FastForward& a) const {
        return line(Sign::Info, fmt::format("{:.0f} s passed quickly.", a.span.value()));
    }
    Line operator()(const events::FinishCase&) const { return line(Sign::Info, "Case finished."); }
    template <class T>
    Line operator()(const T&) const {
        return {};
    }
};

struct LaneOf {
    using L = std::optional<Lane>;
    L operator()(const events::PatientSaid&) const { return Lane::Talk; }
    L operator()(const events::Say&) const { return Lane::Talk; }
    L operator()(const events::Stroke&) const { return Lane::Finger; }
    L operator()(const events::HeldPressure&) const { return Lane::Finger; }
    L operator()(const events::PressureThreshold&) const { return Lane::Finger; }
    L operator()(const events::Marked&) const { return Lane::Finger; }
    L operator()(const events::SkinState&) const { return Lane::Skin; }
    L operator()(const events::Numbed&) const { return Lane::Skin; }
    L operator()(const events::ActivityDone&) const { return Lane::Skin; }
    L operator()(const events::WearGloves&) const { return Lane::Skin; }
    L operator()(const events::Punctured&) const { return Lane::Needle; }
    L operator()(const events::TipMoved&) const { return Lane::Needle; }
    L operator()(const events::Clearance&) const { return Lane::Needle; }
    L operator()(const events::NeedlePass&) const { return Lane::Needle; }
    L operator()(const events::Twitch&) const { return Lane::Needle; }
    L operator()(const events::NeedleOut&) const { return Lane::Needle; }
    L operator()(const events::NeedleBent&) const { return Lane::Needle; }
    L operator()(const events::Bleeding&) const { return Lane::Skin; }
    L operator()(const events::Leaked&) const { return Lane::Fluid; }
    L operator()(const events::Followed&) const { return Lane::Needle; }
    L operator()(const events::Aspirated&) const { return Lane::Fluid; }
    L operator()(const events::Deposited&) const { return Lane::Fluid; }
    L operator()(const events::DrawUp&) const { return Lane::Fluid; }
    L operator()(const events::StepDone&) const { return Lane::Judgement; }
    L operator()(const events::RuleBroken&) const { return Lane::Judgement; }
    L operator()(const events::Complication&) const { return Lane::Judgement; }
    L operator()(const events::Declare&) const { return Lane::Judgement; }
    template <class T>
    L operator()(const T&) const {
        return {};
    }
};

/// Visits the action or the finding of an event.
template <class V>
auto visit_event(const events::Event& event, const V& visitor) {
    return std::visit([&](const auto& what) { return std::visit(visitor, what); }, event.what);
}

} // namespace

std::optional<FeedLine> describe(const events::Event& event, const Names& names, bool verdicts) {
    Line l = visit_event(event, Describe{names, verdicts});
    if (l) {
        l->tick = event.tick;
        l->seq = event.seq;
    }
    return l;
}

std::optional<FeedLine> spoken(const events::Event& event, const Names& names) {
    FeedLine l;
    l.tick = event.tick;
    l.seq = event.seq;
    if (const auto* said = event.get<events::PatientSaid>()) {
        l.sign = Sign::Speech;
        l.text = said->text;
        l.pain = said->pain;
        return l;
    }
    if (const auto* say = event.get<events::Say>()) {
        const auto* topic = names.scenario != nullptr ? names.scenario->tables.topic(say->topic) : nullptr;
        l.sign = Sign::Info;
        l.text = topic != nullptr ? topic->says : say->topic;
        return l;
    }
    return {};
}

std::string_view name_of(Lane lane) {
    switch (lane) {
    case Lane::Talk:
        return "Words";
    case Lane::Finger:
        return "Finger";
    case Lane::Skin:
        return "Skin";
    case Lane::Needle:
        return "Needle";
    case Lane::Fluid:
        return "Fluid";
    case Lane::Judgement:
        return "Steps";
    case Lane::Count:
        break;
    }
    return "";
}

std::optional<Lane> lane_of(const events::Event& event) {
    return visit_event(event, LaneOf{});
}

} // namespace tb::ui
