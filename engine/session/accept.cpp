// What is possible now. Only reality forbids: wrong order and bad judgement are possible and cost points
// elsewhere.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "session/session.h"

namespace tb::session {
namespace {

using Reason = std::optional<std::string>;

constexpr double kLargestSyringe_mL = 10.0;
constexpr double kFarthest_mm = 4000.0;
constexpr double kStrongestHand_N = 100.0;
constexpr double kSquare = 0.01; ///< cosine that quantised directions stay below
constexpr std::array<std::string_view, 7> kActivities{
    "hand_rub", "hand_wash", "stopper_rub", "gauze_pressure", "stretch", "observe", "fix_band"};

bool is_needle(events::Tool tool) {
    return tool == events::Tool::WhealNeedle || tool == events::Tool::Needle;
}
events::Syringe syringe_of(events::Tool tool) {
    return tool == events::Tool::WhealNeedle ? events::Syringe::Wheal : events::Syringe::Injection;
}

struct Judge {
    const World& world;
    const Options& options;
    const SimState& s;

    [[nodiscard]] bool in_tissue() const { return s.needle.under_skin; }
    [[nodiscard]] bool in_tissue(events::Syringe which) const {
        return in_tissue() && is_needle(s.tool) && syringe_of(s.tool) == which;
    }
    [[nodiscard]] Reason hands_free() const {
        if (in_tissue()) return "Withdraw the needle first: it is under the skin.";
        return {};
    }

    Reason operator()(const events::SelectTool& a) const {
        if (a.tool == s.tool) return {};
        if (auto reason = hands_free()) return reason;
        if (is_needle(a.tool) && s.syringe(syringe_of(a.tool)).gauge == 0)
            return "No needle is mounted on this syringe.";
        return {};
    }
    Reason operator()(const events::ToolPose& a) const {
        if (a.tool == events::Tool::None || a.tool != s.tool) return "This tool is not in your hand.";
        for (const double v : {a.tip.x, a.tip.y, a.tip.z}) {
            if (!std::isfinite(v) || std::abs(v) > kFarthest_mm) return "The tool cannot be there.";
        }
        const double length = glm::length(geometry::vec(a.axis));
        if (!(length > 0.9 && length < 1.1)) return "The tool's direction is not a direction.";
        if (!(a.press.value() >= 0.0 && a.press.value() <= kStrongestHand_N))
            return "A hand cannot press like this.";
        return {};
    }
    Reason operator()(const events::SetGrip&) const { return {}; }
    Reason operator()(const events::Say& a) const {
        if (world.scenario->tables.topic(a.topic) == nullptr)
            return fmt::format("There is no topic \"{}\".", a.topic);
        return {};
    }
    Reason operator()(const events::Declare& a) const {
        if (a.what.empty()) return "Nothing was stated.";
        return {};
    }
    Reason operator()(const events::SetPosture&) const {
        if (in_tissue()) return "The patient cannot turn with a needle under the skin.";
        return {};
    }
    Reason operator()(const events::TakeItem& a) const {
        const auto& items = world.scenario->tables.equipment;
        const bool known =
            std::any_of(items.begin(), items.end(), [&](const auto& i) { return i.id == a.item; });
        if (!known) return fmt::format("There is no item \"{}\".", a.item);
        if (s.tray.contains(a.item)) return "This is already on the tray.";
        return {};
    }
    Reason operator()(const events::WearGloves&) const { return hands_free(); }
    Reason operator()(const events::BeginActivity& a) const {
        if (std::find(kActivities.begin(), kActivities.end(), a.activity) == kActivities.end()) {
            return fmt::format("There is no activity \"{}\".", a.activity);
        }
        if (a.activity == "fix_band") {
            if (s.probe.held) return "Your other hand holds the probe.";
            return {};
        }
        return hands_free();
    }
    Reason operator()(const events::EndActivity&) const {
        if (s.activity.empty()) return "Nothing is going on that could be ended.";
        return {};
    }
    Reason operator()(const events::TakeAntiseptic& a) const {
        if (world.scenario->tables.antiseptic(a.agent) == nullptr) {
            return fmt::format("There is no antiseptic \"{}\".", a.agent);
        }
        return hands_free();
    }
    Reason operator()(const events::MountNeedle& a) const {
        if (in_tissue(a.syringe)) return "This needle is under the skin.";
        const SyringeState& y = s.syringe(a.syringe);
        if (y.used && y.gauge != 0) return "Dispose of the used needle first.";
        if (world.parameters->gauge(a.gauge) == nullptr)
            return fmt::format("There is no {} G needle here.", a.gauge);
        if (a.length.value() < 13.0 || a.length.value() > 75.0) return "Needles are 13 to 75 mm long.";
        return {};
    }
    Reason operator()(const events::DrawUp& a) const {
        if (in_tissue(a.syringe)) return "This needle is under the skin.";
        const SyringeState& y = s.syringe(a.syringe);
        if (world.scenario->tables.drug(a.agent) == nullptr)
            return fmt::format("There is no solution \"{}\".", a.agent);
        if (a.volume.value() <= 0.0) return "Nothing would be drawn up.";
        if (y.volume_mL + a.volume.value() > kLargestSyringe_mL) return "The syringe holds 10 mL.";
        if (y.volume_mL > 0.0 && y.agent != a.agent) return "Another solution is in this syringe.";
        return {};
    }
    Reason operator()(const events::ExpelAir& a) const {
        if (in_tissue(a.syringe)) return "This needle is under the skin.";
        if (s.syringe(a.syringe).air_mL <= 0.0) return "There is no air in this syringe.";
        return {};
    }
    Reason operator()(const events::Mark&) const {
        if (s.tool != events::Tool::Pen) return "Take the skin pen first.";
        return {};
    }
    Reason operator()(const events::SprayJet& a) const {
        if (s.tool != events::Tool::Spray) return "Take the cold spray first.";
        if (a.on == s.spray.on) return a.on ? "It is spraying." : "It is not spraying.";
        return {};
    }
    Reason operator()(const events::Aspirate& a) const {
        if (!is_needle(s.tool)) return "Take a syringe first.";
        const SyringeState& y = s.syringe(syringe_of(s.tool));
        if (a.pull == y.pulling)
            return a.pull ? "The plunger is pulled back." : "The plunger is not pulled back.";
        if (a.pull && !in_tissue()) return "The needle is not under the skin.";
        return {};
    }
    Reason operator()(const events::TurnBevel& a) const {
        if (!is_needle(s.tool)) return "Take a syringe first.";
        if (!std::isfinite(a.roll.value()) || std::abs(a.roll.value()) > 360.0)
            return "A needle turns by up to a full circle.";
        return {};
    }
    Reason operator()(const events::PushPlunger& a) const {
        if (!is_needle(s.tool)) return "Take a syringe first.";
        const SyringeState& y = s.syringe(syringe_of(s.tool));
        if (a.rate.value() < 0.0) return "Pull the plunger to aspirate.";
        if (a.rate.value() == 0.0) return {};
        if (y.pulling) return "Let the plunger go first.";
        if (y.volume_mL <= 0.0) return "The syringe is empty.";
        return {};
    }
    Reason operator()(const events::Dispose& a) const {
        if (a.place != "sharps_box" && a.place != "bin" && a.place != "tray") {
            return fmt::format("There is no place \"{}\".", a.place);
        }
        if (a.item == "needle" || a.item == "wheal_needle") {
            const auto which = a.item == "needle" ? events::Syringe::Injection : events::Syringe::Wheal;
            if (in_tissue(which)) return "This needle is under the skin.";
            if (s.syringe(which).gauge == 0) return "There is no such needle.";
        } else if (a.item == "gloves") {
            if (auto reason = hands_free()) return reason;
            if (s.gloves == events::Gloves::None) return "You wear no gloves.";
        } else if (a.item != "swab") {
            return fmt::format("There is no \"{}\" to throw away.", a.item);
        }
        if (a.place == "sharps_box" && !s.tray.contains("sharps_box"))
            return "There is no sharps box within reach.";
        return {};
    }
    Reason operator()(const events::Document& a) const {
        const auto& fields = world.scenario->tables.record_fields;
        if (std::find(fields.begin(), fields.end(), a.field) == fields.end()) {
            return fmt::format("The record has no field \"{}\".", a.field);
        }
        return {};
    }
    Reason operator()(const events::HoldProbe& a) const {
        if (a.on == s.probe.held) return a.on ? "You hold the probe." : "You do not hold the probe.";
        if (!a.on) return {};
        if (!world.scenario->has_probe(options.mode)) return "There is no ultrasound machine here.";
        if (a.width.value() < tissue::kLeastProbeWidth_mm || a.width.value() > tissue::kMostProbeWidth_mm)
            return "Linear probes are 38 to 50 mm wide.";
        if (a.covered && !s.tray.contains("probe_cover")) return "There is no sterile cover on the tray.";
        return {};
    }
    Reason operator()(const events::MoveProbe& a) const {
        if (!s.probe.held) return "Take the probe first.";
        for (const double v : {a.centre.x, a.centre.y, a.centre.z}) {
            if (!std::isfinite(v) || std::abs(v) > kFarthest_mm) return "The probe cannot be there.";
        }
        const geometry::Vec3 inward = geometry::vec(a.inward), lateral = geometry::vec(a.lateral);
        const double in = glm::length(inward), side = glm::length(lateral);
        const bool crossed =
            in > 0.9 && in < 1.1 && side > 0.9 && side < 1.1 && std::abs(glm::dot(inward, lateral)) < kSquare;
        if (!crossed) return "The probe's directions are not square to each other.";
        if (!(a.press.value() >= 0.0 && a.press.value() <= tissue::kMostProbePress_N))
            return "A hand cannot press the probe like this.";
        return {};
    }
    Reason operator()(const events::TuneProbe& a) const {
        if (!s.probe.held) return "Take the probe first.";
        if (!(a.depth.value() >= tissue::kLeastDepth_mm && a.depth.value() <= tissue::kMostDepth_mm))
            return "The picture is 20 to 60 mm deep.";
        if (!(std::abs(a.gain_dB) <= tissue::kMostGain_dB)) return "The gain goes 30 dB up and down.";
        return {};
    }
    Reason operator()(const events::AskHint&) const {
        if (options.mode == "assessment") return "There are no hints in an assessment.";
        return {};
    }
    Reason operator()(const events::FastForward& a) const {
        if (options.mode == "assessment") return "Time cannot be passed quickly in an assessment.";
        if (a.span.value() <= 0.0 || a.span.value() > 7200.0) return "Up to two hours can be passed at once.";
        if (in_tissue()) return "Withdraw the needle first: it is under the skin.";
        return {};
    }
    Reason operator()(const events::FinishCase& a) const {
        if (in_tissue()) return "Withdraw the needle first: it is under the skin.";
        if (a.decision != "injected" && a.decision != "not_injected") {
            return "The decision is \"injected\" or \"not_injected\".";
        }
        return {};
    }
};

} // namespace

std::optional<std::string> Session::would_accept(const events::Action& action) const {
    if (state_.finished) return "The case is finished.";
    return std::visit(Judge{world_, options_, state_}, action);
}

} // namespace tb::session
