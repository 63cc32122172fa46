#include "report/pages.h"

#include <fmt/format.h>

namespace tb::report {

void draw_head(Canvas& canvas, const ReportInput& input) {
    const events::LogHeader& header = input.log->header();
    const scoring::Assessment& a = *input.assessment;
    const double top = canvas.y();
    canvas.text_at(canvas.left(), top, 330, "Trigger point injection: report of a session", {16, true, kInk});
    canvas.text_at(canvas.left(), top + 44, 330, input.scenario->title, {11, false, kQuiet});

    const Colour verdict = a.pass ? kGood : kBad;
    const double box_x = canvas.left() + canvas.width() - 150;
    canvas.box(box_x, top, 150, 64, verdict);
    const Colour white{1, 1, 1};
    canvas.text_at(box_x, top + 6, 150, fmt::format("{:.1f}", a.total),
                   {28, true, white, TextStyle::Align::Centre});
    canvas.text_at(box_x, top + 43, 150, a.pass ? "of 100: PASS" : "of 100: NOT PASSED",
                   {10, true, white, TextStyle::Align::Centre});
    canvas.move(74);
    canvas.paragraph(fmt::format("{}. Suggested global rating {} of 5.", a.pass_reason, a.global_rating),
                     {10, false, kInk}, 6);

    const std::string rows[][2] = {
        {"Trainee", header.trainee.empty() ? "(no name)" : header.trainee},
        {"Mode, seed", fmt::format("{}, {}", header.mode, header.seed)},
        {"Started", header.created},
        {"Length", input.log->events().empty() ? "0:00" : time_text(input.log->events().back().tick)},
        {"Rubric", fmt::format("version {}, {}", a.rubric_version, a.rubric_hash.substr(0, 12))},
        {"Program", header.program},
        {"Palpation display gain", number_text(header.contrast_gain)},
        {"Help", scoring::help_sentence(a.help)},
        {"Log chain", input.log->chain_head().substr(0, 32)},
        {"Verification", input.verification.empty() ? "not checked" : input.verification},
    };
    for (const auto& row : rows) {
        canvas.text_at(canvas.left(), canvas.y(), 130, row[0], {9, false, kQuiet});
        canvas.move(
            canvas.text_at(canvas.left() + 135, canvas.y(), canvas.width() - 135, row[1], {9, false, kInk}) +
            1.5);
    }
    canvas.move(4);
}

void draw_critical(Canvas& canvas, const ReportInput& input) {
    const scoring::Assessment& a = *input.assessment;
    if (!a.critical.empty()) {
        canvas.heading("Critical findings");
        for (const scoring::CriticalFinding& c : a.critical) {
            canvas.paragraph(fmt::format("✕  {}{}{}", c.text, c.detail.empty() ? "" : ": ", c.detail),
                             {10, true, kBad}, 1);
            std::string numbers;
            for (const auto n : c.evidence)
                numbers += fmt::format(" #{}", n);
            if (!numbers.empty()) canvas.paragraph("evidence:" + numbers, {8, false, kQuiet}, 3);
        }
    }
    if (!a.near_misses.empty()) {
        canvas.heading("Closest approaches to structures at risk");
        for (const scoring::NearMiss& m : a.near_misses) {
            canvas.paragraph(m.distance_mm <= 0
                                 ? fmt::format("{}: entered (event #{})", m.structure, m.evidence)
                                 : fmt::format("{}: {} mm (event #{})", m.structure,
                                               number_text(m.distance_mm), m.evidence),
                             {9.5, false, m.distance_mm <= 3 ? kBad : kInk}, 1);
        }
    }
}

namespace {

void draw_item(Canvas& canvas, const scoring::ItemScore& item) {
    const double points_x = canvas.left(), text_x = canvas.left() + 62, text_w = canvas.width() - 62;
    const TextStyle title{10, true, kInk}, detail{8.5, false, kQuiet}, why{9, false, kInk};
    double height =
        canvas.text_height(text_w, item.text, title) + canvas.text_height(text_w, item.why, why) + 6;
    std::vector<std::string> lines;
    for (const scoring::Measured& m : item.measures) {
        std::string evidence;
        for (std::size_t i = 0; i < m.evidence.size() && i < 8; ++i)
            evidence += fmt::format(" #{}", m.evidence[i]);
        if (m.evidence.size() > 8) evidence += fmt::format(" and {} more", m.evidence.size() - 8);
        lines.push_back(fmt::format("{}: {}{}{}   ({}){}", m.name,
                                    m.known ? number_text(m.value) : "nothing recorded",
                                    m.known && !m.unit.empty() ? " " : "", m.known ? m.unit : "", m.expected,
                                    evidence.empty() ? "" : "   events" + evidence));
        height += canvas.text_height(text_w, lines.back(), detail);
    }
    canvas.need(height);
    const double share = item.of > 0 ? item.points / item.of : 1.0;
    const Colour colour = share >= 0.99 ? kGood : share >= 0.5 ? kWarn : kBad;
    const char* symbol = share >= 0.99 ? "✓" : share >= 0.5 ? "◐" : "✕"; // a sign beside the colour
    canvas.text_at(points_x, canvas.y(), 60,
                   fmt::format("{} {} / {}", symbol, number_text(item.points), number_text(item.of)),
                   {10, true, colour});
    canvas.move(canvas.text_at(text_x, canvas.y(), text_w, item.text, title));
    for (const std::string& line : lines)
        canvas.move(canvas.text_at(text_x, canvas.y(), text_w, line, detail));
    if (!item.why.empty()) canvas.move(canvas.text_at(text_x, canvas.y(), text_w, item.why, why));
    if (!item.capped.empty()) {
        canvas.move(
            canvas.text_at(text_x, canvas.y(), text_w, "limited: " + item.capped, {8.5, false, kBad}));
    }
    canvas.move(5);
}

} // namespace

void draw_items(Canvas& canvas, const ReportInput& input) {
    canvas.heading("Score, item by item");
    std::string phase;
    for (const scoring::ItemScore& item : input.assessment->items) {
        if (item.phase != phase) {
            phase = item.phase;
            double points = 0, of = 0;
            for (const auto& other : input.assessment->items) {
                if (other.phase == phase) points += other.points, of += other.of;
            }
            canvas.need(50);
            canvas.move(3);
            canvas.box(canvas.left(), canvas.y() - 1, canvas.width(), 15, {0.93, 0.94, 0.95});
            canvas.text_at(canvas.left() + 4, canvas.y() + 1, canvas.width() - 8,
                           fmt::format("{}: {} of {} points", phase, number_text(points), number_text(of)),
                           {9, true, kQuiet});
            canvas.move(19);
        }
        draw_item(canvas, item);
    }
}

void draw_thresholds(Canvas& canvas, const ReportInput& input) {
    const std::vector<std::string> rows = thresholds(input);
    if (rows.empty()) return;
    canvas.heading("Pressure pain thresholds (algometer)");
    for (const std::string& row : rows)
        canvas.paragraph(row, {8.8, false, kInk}, 1);
}

namespace {

struct PassRow {
    std::string text;
    std::int64_t seq = 0;
};

} // namespace

void draw_needle(Canvas& canvas, const ReportInput& input) {
    std::vector<PassRow> rows;
    std::string layers;
    for (const events::Event& e : input.log->events()) {
        if (const auto* p = e.get<events::Punctured>()) {
            rows.push_back({fmt::format("{} skin puncture at {} degrees, {} N", time_text(e.tick),
                                        number_text(p->angle.value()), number_text(p->force.value())),
                            e.seq});
        } else if (const auto* t = e.get<events::TipMoved>()) {
            if (t->entered)
                layers += fmt::format("{}{} at {} mm", layers.empty() ? "" : ", ", t->structure,
                                      number_text(t->depth.value()));
        } else if (const auto* pass = e.get<events::NeedlePass>()) {
            rows.push_back({fmt::format("{} pass {}: to {} mm, nearest {} mm from the target; through {}",
                                        time_text(e.tick), pass->number, number_text(pass->max_depth.value()),
                                        number_text(pass->nearest_to_target.value()),
                                        layers.empty() ? "nothing new" : layers),
                            e.seq});
            layers.clear();
        } else if (const auto* d = e.get<events::Deposited>()) {
            rows.push_back({fmt::format("{} deposited {} mL {} in {}, {} mm from {}", time_text(e.tick),
                                        number_text(d->volume.value()), d->agent, d->structure,
                                        number_text(d->distance.value()),
                                        d->trigger_point.empty() ? "no trigger point" : d->trigger_point),
                            e.seq});
        }
    }
    if (rows.empty()) return;
    canvas.heading("The needle");
    for (const PassRow& row : rows)
        canvas.paragraph(fmt::format("{}   #{}", row.text, row.seq), {8.8, false, kInk}, 1);
}

void draw_timeline(Canvas& canvas, const ReportInput& input) {
    canvas.heading("What happened");
    for (const events::Event& e : input.log->events()) {
        const std::string text = event_text(e);
        if (text.empty()) continue;
        const TextStyle style{8, false, e.is_action() ? kInk : kQuiet};
        const double height = canvas.text_height(canvas.width() - 100, text, style);
        canvas.need(height);
        canvas.text_at(canvas.left(), canvas.y(), 40, time_text(e.tick), {8, false, kQuiet});
        canvas.text_at(canvas.left() + 40, canvas.y(), 56,
                       fmt::format("#{} {}", e.seq, e.is_action() ? "▸" : "·"), {8, false, kQuiet});
        canvas.text_at(canvas.left() + 100, canvas.y(), canvas.width() - 100, text, style);
        canvas.move(height);
    }
}

void draw_pictures(Canvas& canvas, const ReportInput& input) {
    if (input.pictures.empty()) return;
    canvas.heading("Pictures");
    for (const ReportPicture& p : input.pictures) {
        canvas.need(300);
        double height = 0.0;
        if (!canvas.picture(p.png, canvas.left(), canvas.width(), height)) continue;
        canvas.move(height + 3);
        canvas.paragraph(p.caption, {8.5, false, kQuiet}, 8);
    }
}

} // namespace tb::report
