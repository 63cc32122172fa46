// A page to write and draw on from top to bottom, for PDF and SVG alike. Inside module report only.
// Units: points (1/72 inch), origin top left. PDF breaks pages; SVG is one tall page.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <cairo.h>

#include "base/result.h"
#include "report/report.h"

namespace tb::report {

struct Colour {
    double r = 0.1, g = 0.1, b = 0.12;
};
constexpr Colour kInk{0.10, 0.11, 0.13}, kQuiet{0.38, 0.40, 0.44}, kRule{0.80, 0.81, 0.83},
    kGood{0.10, 0.42, 0.25}, kBad{0.70, 0.13, 0.10}, kAccent{0.12, 0.32, 0.52}, kWarn{0.62, 0.40, 0.02};

struct TextStyle {
    double size = 9.5;
    bool bold = false;
    Colour colour = kInk;
    enum class Align { Left, Right, Centre } align = Align::Left;
};

class Canvas {
public:
    static constexpr double kWidth = 595.0, kHeight = 842.0, kMargin = 48.0; ///< A4

    explicit Canvas(Format format);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    /// Drawn at the foot of every page; the number is added.
    void set_footer(std::string text) { footer_ = std::move(text); }

    [[nodiscard]] double left() const { return kMargin; }
    [[nodiscard]] double width() const { return kWidth - 2 * kMargin; }
    [[nodiscard]] double y() const { return y_; }
    void move(double dy) { y_ += dy; }
    /// Starts a new page if less than `height` is left (PDF).
    void need(double height);

    /// Writes wrapped text at (x, y) into `width`; returns its height and does not move the cursor.
    double text_at(double x, double y, double width, std::string_view text, const TextStyle& style);
    [[nodiscard]] double text_height(double width, std::string_view text, const TextStyle& style);
    /// Writes at the cursor over the whole width and moves on.
    void paragraph(std::string_view text, const TextStyle& style, double space_after = 4.0);
    void heading(std::string_view text);
    void rule();
    void box(double x, double y, double w, double h, Colour fill);
    void line(double x1, double y1, double x2, double y2, Colour colour, double width = 0.8);
    /// Draws a PNG into the width, keeping its shape; moves on. False if the bytes are no PNG.
    bool picture(std::string_view png, double x, double width, double& height);
    [[nodiscard]] cairo_t* cairo() { return cairo_; }

    Expected<std::string> finish();

private:
    void footer();
    Format format_;
    std::string bytes_, footer_;
    cairo_surface_t* surface_ = nullptr;
    cairo_t* cairo_ = nullptr;
    double y_ = kMargin;
    int page_ = 1;
};

} // namespace tb::report
