// The measures of anaesthesia and injection (see measures.h).
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "procedure/words.h"
#include "scoring/measures.h"

namespace tb::scoring::measures {
namespace {

namespace words = procedure::words;

constexpr double kFar_mm = 30.0; // stated for "no hazard was near"

/// Deposits from one syringe, in order.
std::vector<std::size_t> deposits(const LogView& log, events::Syringe syringe) {
    std::vector<std::size_t> out;
    for (const std::size_t i : log.all<events::Deposited>()) {
        const auto& d = log.at<events::Deposited>(i);
        if (d.syringe == syringe && d.volume.value() > 0.0) out.push_back(i);
    }
    return out;
}

std::size_t last_wheal_puncture(const LogView& log) {
    std::size_t found = LogView::npos;
    for (const std::size_t i : log.all<events::Punctured>()) {
        if (log.at<events::Punctured>(i).tool == events::Tool::WhealNeedle) found = i;
    }
    return found;
}

std::size_t last_spray(const LogView& log) {
    std::size_t found = LogView::npos;
    for (const std::size_t i : log.all<events::Numbed>(0, log.injection_puncture())) {
        if (log.at<events::Numbed>(i).method == "spray") found = i;
    }
    return found;
}

/// Largest or smallest over positions of events.
template <class Better, class Read>
Found extreme(const LogView& log, const std::vector<std::size_t>& at, Read read, Better better) {
    Found out;
    for (const std::size_t i : at) {
        const double v = read(i);
        if (!out.known || better(v, out.value)) out = {v, true, {log.seq(i)}};
    }
    return out;
}

constexpr auto kMore = [](double a, double b) { return a > b; };
constexpr auto kLess = [](double a, double b) { return a < b; };

} // namespace

// ---- anaesthesia ----

std::string anaesthesia_method(const LogView& log) {
    const auto wheals = deposits(log, events::Syringe::Wheal);
    if (!wheals.empty() && wheals.front() < log.injection_puncture()) return "wheal";
    if (last_spray(log) != LogView::npos) return "spray";
    for (const std::size_t i : log.all<events::Declare>(0, log.injection_puncture())) {
        const auto& d = log.at<events::Declare>(i);
        if (d.what == words::kAnaesthesia && d.value == "none" &&
            said(log, "anaesthesia.preference").value > 0.0)
            return "none";
    }
    return {};
}

Found method_fits(const LogView& log) {
    if (anaesthesia_method(log).empty()) return {};
    for (const std::size_t i : deposits(log, events::Syringe::Wheal)) {
        const scenario::Drug* drug = log.scenario().tables.drug(log.at<events::Deposited>(i).agent);
        if (drug != nullptr && log.scenario().patient.allergic_to(drug->family))
            return {0.0, true, {log.seq(i)}};
    }
    Found asked = said(log, "anaesthesia.preference", 0, log.injection_puncture());
    asked.value = asked.value > 0.0 ? 1.0 : 0.5;
    return asked;
}

Found wheal_angle(const LogView& log) {
    const std::size_t i = last_wheal_puncture(log);
    if (i == LogView::npos) return {};
    return {log.at<events::Punctured>(i).angle.value(), true, {log.seq(i)}};
}

Found wheal_depth(const LogView& log) {
    const Found angle = wheal_angle(log);
    if (!angle.known) return {};
    const double down = std::sin(angle.value * std::numbers::pi / 180.0);
    return extreme(
        log, deposits(log, events::Syringe::Wheal),
        [&](std::size_t i) { return log.at<events::Deposited>(i).depth.value() * down; }, kMore);
}

Found wheal_volume(const LogView& log) {
    Found out;
    for (const std::size_t i : deposits(log, events::Syringe::Wheal)) {
        out.known = true;
        out.value += log.at<events::Deposited>(i).volume.value();
        out.evidence.push_back(log.seq(i));
    }
    return out;
}

Found wheal_rate(const LogView& log) {
    return extreme(
        log, deposits(log, events::Syringe::Wheal),
        [&](std::size_t i) { return 0.1 / std::max(1e-6, log.at<events::Deposited>(i).peak_rate.value()); },
        kLess);
}

Found wheal_in_skin(const LogView& log) {
    return extreme(
        log, deposits(log, events::Syringe::Wheal),
        [&](std::size_t i) {
            const auto kind = log.at<events::Deposited>(i).kind;
            return kind == StructureKind::Skin ? 1.0 : kind == StructureKind::Subcutis ? 0.5 : 0.0;
        },
        kMore);
}

Found spray_distance(const LogView& log) {
    const std::size_t i = last_spray(log);
    if (i == LogView::npos) return {};
    return {log.at<events::Numbed>(i).spray_distance.value() / 10.0, true, {log.seq(i)}};
}

Found spray_time(const LogView& log) {
    const std::size_t i = last_spray(log);
    if (i == LogView::npos) return {};
    return {log.at<events::Numbed>(i).spray_time.value(), true, {log.seq(i)}};
}

Found needle_after_spray(const LogView& log) {
    const std::size_t i = last_spray(log);
    if (i == LogView::npos || log.injection_puncture() == LogView::npos) return {};
    return {log.seconds(i, log.injection_puncture()), true, {log.seq(i), log.seq(log.injection_puncture())}};
}

Found wait_time(const LogView& log) {
    const std::size_t needle = log.injection_puncture();
    if (needle == LogView::npos) return {};
    Found out;
    for (const std::size_t i : deposits(log, events::Syringe::Wheal)) {
        if (i < needle) out = {log.seconds(i, needle), true, {log.seq(i), log.seq(needle)}};
    }
    return out;
}

Found numbness_tested(const LogView& log) {
    Found tested = said(log, "wait.sharp_test", 0, log.injection_puncture());
    if (tested.value > 0.0) return tested;
    Found asked = said(log, "wait.numb", 0, log.injection_puncture());
    asked.value *= 0.5;
    return asked;
}

// ---- needle ----

Found warned(const LogView& log) {
    if (log.injection_puncture() == LogView::npos) return {};
    for (const std::string_view topic : {"warn.sting", "warn.report"}) {
        Found before = said(log, topic, 0, log.injection_puncture());
        if (before.value > 0.0) return before;
    }
    Found late = said(log, "warn.sting", log.injection_puncture());
    late.value *= 0.5;
    return late;
}

Found band_fixed(const LogView& log) {
    const std::size_t needle = log.injection_puncture();
    if (needle == LogView::npos) return {};
    std::size_t fixed = LogView::npos, released = LogView::npos, pincer = LogView::npos;
    for (std::size_t i = 0; i < needle; ++i) {
        if (const auto* b = log.events()[i].get<events::BeginActivity>()) {
            if (b->activity == words::kFixBand) {
                fixed = i;
                released = LogView::npos;
            } else if (fixed != LogView::npos) {
                released = i;
            }
        }
        const auto* done = log.events()[i].get<events::ActivityDone>();
        if (done != nullptr && done->activity == words::kFixBand) released = i;
        if (const auto* grip = log.events()[i].get<events::SetGrip>())
            pincer = grip->pincer ? i : LogView::npos;
    }
    if (pincer != LogView::npos) return {1.0, true, {log.seq(pincer), log.seq(needle)}};
    if (fixed == LogView::npos) return {0.0, true, {log.seq(needle)}};
    if (released == LogView::npos) return {1.0, true, {log.seq(fixed), log.seq(needle)}};
    return {0.5, true, {log.seq(fixed), log.seq(released)}};
}

std::string entry_variant(const LogView& log) {
    const auto& entries = log.scenario().plan.entries;
    const auto allowed = [&](std::string_view e) {
        return std::find(entries.begin(), entries.end(), e) != entries.end();
    };
    bool pincer = false;
    for (const std::size_t i : log.all<events::SetGrip>(0, log.injection_puncture()))
        pincer = log.at<events::SetGrip>(i).pincer;
    if (pincer && allowed("fold")) return "fold";
    const Found angle = entry_angle(log);
    if (allowed("perpendicular") && (!allowed("oblique") || (angle.known && angle.value >= 60.0)))
        return "perpendicular";
    return "oblique";
}

Found entry_offset(const LogView& log) {
    const std::size_t i = log.injection_puncture();
    if (i == LogView::npos) return {};
    const auto& p = log.at<events::Punctured>(i);
    if (p.from_mark.value() >= 0.0) return {p.from_mark.value(), true, {log.seq(i)}};
    Found out;
    for (const std::size_t h : log.all<events::HeldPressure>(0, i)) {
        const PointMm& held = log.at<events::HeldPressure>(h).point;
        const double d = std::hypot(held.x - p.entry.x, held.y - p.entry.y, held.z - p.entry.z);
        if (!out.known || d < out.value) out = {d, true, {log.seq(h), log.seq(i)}};
    }
    return out;
}

Found entry_angle(const LogView& log) {
    const std::size_t i = log.injection_puncture();
    if (i == LogView::npos) return {};
    return {log.at<events::Punctured>(i).angle.value(), true, {log.seq(i)}};
}

Found pleura_clearance(const LogView& log) {
    if (log.injection_out() == LogView::npos) return {};
    Found out{kFar_mm, true, {}};
    for (const std::size_t i : log.all<events::Clearance>()) {
        const auto& c = log.at<events::Clearance>(i);
        if (c.kind != StructureKind::Pleura && c.kind != StructureKind::Lung) continue;
        if (c.distance.value() < out.value) out = {c.distance.value(), true, {log.seq(i)}};
    }
    for (const std::size_t i : log.all<events::TipMoved>()) {
        const auto& t = log.at<events::TipMoved>(i);
        const bool inside = t.entered && (t.kind == StructureKind::Pleura || t.kind == StructureKind::Lung);
        if (inside && out.value > 0.0) out = {0.0, true, {log.seq(i)}};
    }
    return out;
}

Found tip_to_target(const LogView& log) {
    Found out;
    for (const std::size_t i : deposits(log, events::Syringe::Injection)) {
        const auto& d = log.at<events::Deposited>(i);
        if (!log.scenario().is_target(d.trigger_point)) continue;
        if (!out.known || d.distance.value() < out.value) out = {d.distance.value(), true, {log.seq(i)}};
    }
    if (out.known) return out;
    for (const std::size_t i : log.all<events::NeedlePass>()) {
        if (!log.is_injection(i)) continue;
        const double d = log.at<events::NeedlePass>(i).nearest_to_target.value();
        if (!out.known || d < out.value) out = {d, true, {log.seq(i)}};
    }
    return out;
}

Found length_outside(const LogView& log) {
    std::vector<std::size_t> passes_in;
    for (const std::size_t i : log.all<events::NeedlePass>()) {
        if (log.is_injection(i)) passes_in.push_back(i);
    }
    double length = 0.0;
    for (const std::size_t i : log.all<events::MountNeedle>(0, log.injection_puncture())) {
        const auto& m = log.at<events::MountNeedle>(i);
        if (m.syringe == events::Syringe::Injection) length = m.length.value();
    }
    if (length <= 0.0) return {};
    return extreme(
        log, passes_in,
        [&](std::size_t i) {
            const auto& p = log.at<events::NeedlePass>(i);
            return p.hub ? 0.0 : std::max(0.0, length - p.max_depth.value());
        },
        kLess);
}

Found advance_speed(const LogView& log) {
    constexpr Tick kWindow = kTicksPerSecond / 2;
    const std::size_t from = log.injection_puncture();
    if (from == LogView::npos) return {};
    const std::size_t to = std::min(log.injection_out(), log.events().size());
    std::vector<std::size_t> poses;
    for (const std::size_t i : log.all<events::ToolPose>(0, to)) {
        if (log.at<events::ToolPose>(i).tool != events::Tool::Needle) continue;
        if (i < from) poses.clear(); // of those before the puncture only the last one
        poses.push_back(i);
    }
    Found out;
    std::size_t first = 0;
    for (std::size_t k = 1; k < poses.size(); ++k) {
        const auto& now = log.at<events::ToolPose>(poses[k]);
        while (first + 1 < k && log.events()[poses[k]].tick - log.events()[poses[first]].tick > kWindow)
            ++first;
        const auto& then = log.at<events::ToolPose>(poses[first]);
        const double forward = (now.tip.x - then.tip.x) * now.axis.x + (now.tip.y - then.tip.y) * now.axis.y +
                               (now.tip.z - then.tip.z) * now.axis.z;
        const Tick ticks = log.events()[poses[k]].tick - log.events()[poses[first]].tick;
        const double speed = forward / seconds_of(std::max(kWindow, ticks)).value();
        if (!out.known || speed > out.value) out = {speed, true, {log.seq(poses[k])}};
    }
    return out;
}

Found needle_followed(const LogView& log) {
    Found out;
    double advanced = 0.0, seen = 0.0;
    for (const std::size_t i : log.all<events::Followed>()) {
        const auto& f = log.at<events::Followed>(i);
        advanced += f.advanced.value();
        seen += f.seen.value();
        out.evidence.push_back(log.seq(i));
    }
    if (!(advanced > 0.0)) return {};
    out.known = true;
    out.value = 100.0 * std::clamp(seen / advanced, 0.0, 1.0);
    return out;
}

Found aspiration_share(const LogView& log) {
    Found out;
    const auto all = deposits(log, events::Syringe::Injection);
    if (all.empty()) return out;
    double with = 0.0;
    for (const std::size_t i : all) {
        if (log.at<events::Deposited>(i).aspirated) with += 1.0;
        out.evidence.push_back(log.seq(i));
    }
    out.known = true;
    out.value = 100.0 * with / static_cast<double>(all.size());
    return out;
}

Found first_aspirated(const LogView& log) {
    const auto all = deposits(log, events::Syringe::Injection);
    if (all.empty()) return {};
    return {log.at<events::Deposited>(all.front()).aspirated ? 1.0 : 0.0, true, {log.seq(all.front())}};
}

Found aspiration_hold(const LogView& log) {
    std::vector<std::size_t> pulls;
    for (const std::size_t i : log.all<events::Aspirated>()) {
        if (log.is_injection(i)) pulls.push_back(i);
    }
    return extreme(
        log, pulls, [&](std::size_t i) { return log.at<events::Aspirated>(i).held.value(); }, kMore);
}

double aspiration_needed(const LogView& log) {
    double needed = 0.0;
    for (const std::size_t i : log.all<events::Aspirated>()) {
        if (log.is_injection(i)) needed = std::max(needed, log.at<events::Aspirated>(i).needed.value());
    }
    return needed;
}

Found volume_per_site(const LogView& log) {
    std::map<std::string, Found> by_site;
    for (const std::size_t i : deposits(log, events::Syringe::Injection)) {
        const auto& d = log.at<events::Deposited>(i);
        Found& site = by_site[d.trigger_point];
        site.known = true;
        site.value += d.volume.value();
        site.evidence.push_back(log.seq(i));
    }
    Found out;
    for (const auto& [point, site] : by_site) {
        if (!out.known || site.value > out.value) out = site;
    }
    return out;
}

Found sites(const LogView& log) {
    std::map<std::string, std::int64_t> seen;
    for (const std::size_t i : deposits(log, events::Syringe::Injection)) {
        seen.try_emplace(log.at<events::Deposited>(i).trigger_point, log.seq(i));
    }
    Found out{static_cast<double>(seen.size()), !seen.empty(), {}};
    for (const auto& [point, seq] : seen)
        out.evidence.push_back(seq);
    return out;
}

Found injection_rate(const LogView& log) {
    return extreme(
        log, deposits(log, events::Syringe::Injection),
        [&](std::size_t i) { return log.at<events::Deposited>(i).peak_rate.value(); }, kMore);
}

Found no_nerve_pain(const LogView& log) {
    const auto all = deposits(log, events::Syringe::Injection);
    if (all.empty()) return {};
    for (const std::size_t i : all) {
        if (log.at<events::Deposited>(i).kind == StructureKind::Nerve) return {0.0, true, {log.seq(i)}};
    }
    return {1.0, true, {log.seq(all.front())}};
}

Found passes(const LogView& log) {
    Found out;
    for (const std::size_t i : log.all<events::NeedlePass>()) {
        if (!log.is_injection(i)) continue;
        out.known = true;
        out.value += 1.0;
        out.evidence.push_back(log.seq(i));
    }
    return out;
}

Found withdrawn_depth(const LogView& log) {
    std::vector<std::size_t> turns;
    for (const std::size_t i : log.all<events::NeedlePass>()) {
        if (log.is_injection(i) && log.at<events::NeedlePass>(i).withdrawn_to.value() > 0.0)
            turns.push_back(i);
    }
    return extreme(
        log, turns, [&](std::size_t i) { return log.at<events::NeedlePass>(i).withdrawn_to.value(); }, kMore);
}

Found sharps_time(const LogView& log) {
    const std::size_t out = log.injection_out();
    if (out == LogView::npos) return {};
    for (const std::size_t i : log.all<events::Dispose>(out)) {
        const auto& d = log.at<events::Dispose>(i);
        if (d.item == words::kNeedle && d.place == words::kSharpsBox) {
            return {log.seconds(out, i), true, {log.seq(out), log.seq(i)}};
        }
    }
    return {};
}

} // namespace tb::scoring::measures
