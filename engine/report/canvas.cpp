#include "report/canvas.h"

#include <algorithm>
#include <cstring>

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

namespace tb::report {
namespace {

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

struct ByteReader {
    std::string_view bytes;
    std::size_t at = 0;
};
cairo_status_t read_bytes(void* closure, unsigned char* data, unsigned length) {
    auto* reader = static_cast<ByteReader*>(closure);
    if (reader->at + length > reader->bytes.size()) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(data, reader->bytes.data() + reader->at, length);
    reader->at += length;
    return CAIRO_STATUS_SUCCESS;
}

PangoLayout* make_layout(cairo_t* cr, double width, std::string_view text, const TextStyle& style) {
    PangoLayout* layout = pango_cairo_create_layout(cr);
    PangoFontDescription* font = pango_font_description_from_string("Inter, DejaVu Sans, Sans");
    pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_SEMIBOLD);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, style.align == TextStyle::Align::Right    ? PANGO_ALIGN_RIGHT
                                       : style.align == TextStyle::Align::Centre ? PANGO_ALIGN_CENTER
                                                                                 : PANGO_ALIGN_LEFT);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
    return layout;
}

double layout_height(PangoLayout* layout) {
    int w = 0, h = 0;
    pango_layout_get_size(layout, &w, &h);
    return static_cast<double>(h) / PANGO_SCALE;
}

} // namespace

Canvas::Canvas(Format format) : format_(format) {
    surface_ = format == Format::Pdf
                   ? cairo_pdf_surface_create_for_stream(append_bytes, &bytes_, kWidth, kHeight)
                   : cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr);
    cairo_ = cairo_create(surface_);
}

Canvas::~Canvas() {
    if (cairo_ != nullptr) cairo_destroy(cairo_);
    if (surface_ != nullptr) cairo_surface_destroy(surface_);
}

void Canvas::need(double height) {
    if (format_ != Format::Pdf || y_ + height <= kHeight - kMargin - 14.0) return;
    footer();
    cairo_show_page(cairo_);
    ++page_;
    y_ = kMargin;
}

void Canvas::footer() {
    const double y = format_ == Format::Pdf ? kHeight - kMargin + 6.0 : y_ + 12.0;
    const TextStyle style{7.5, false, kQuiet};
    text_at(left(), y, width() - 60.0, footer_, style);
    if (format_ == Format::Pdf) {
        text_at(left() + width() - 60.0, y, 60.0, fmt::format("page {}", page_),
                {7.5, false, kQuiet, TextStyle::Align::Right});
    }
}

double Canvas::text_at(double x, double y, double width, std::string_view text, const TextStyle& style) {
    PangoLayout* layout = make_layout(cairo_, width, text, style);
    cairo_set_source_rgb(cairo_, style.colour.r, style.colour.g, style.colour.b);
    cairo_move_to(cairo_, x, y);
    pango_cairo_show_layout(cairo_, layout);
    const double height = layout_height(layout);
    g_object_unref(layout);
    return height;
}

double Canvas::text_height(double width, std::string_view text, const TextStyle& style) {
    PangoLayout* layout = make_layout(cairo_, width, text, style);
    const double height = layout_height(layout);
    g_object_unref(layout);
    return height;
}

void Canvas::paragraph(std::string_view text, const TextStyle& style, double space_after) {
    need(text_height(width(), text, style));
    y_ += text_at(left(), y_, width(), text, style) + space_after;
}

void Canvas::heading(std::string_view text) {
    need(60.0); // a heading never stands alone at the foot of a page
    y_ += 8.0;
    paragraph(text, {12.5, true, kAccent}, 3.0);
    rule();
}

void Canvas::rule() {
    line(left(), y_, left() + width(), y_, kRule);
    y_ += 5.0;
}

void Canvas::box(double x, double y, double w, double h, Colour fill) {
    cairo_set_source_rgb(cairo_, fill.r, fill.g, fill.b);
    cairo_rectangle(cairo_, x, y, w, h);
    cairo_fill(cairo_);
}

void Canvas::line(double x1, double y1, double x2, double y2, Colour colour, double width) {
    cairo_set_source_rgb(cairo_, colour.r, colour.g, colour.b);
    cairo_set_line_width(cairo_, width);
    cairo_move_to(cairo_, x1, y1);
    cairo_line_to(cairo_, x2, y2);
    cairo_stroke(cairo_);
}

bool Canvas::picture(std::string_view png, double x, double width, double& height) {
    ByteReader reader{png};
    cairo_surface_t* image = cairo_image_surface_create_from_png_stream(read_bytes, &reader);
    const bool usable =
        cairo_surface_status(image) == CAIRO_STATUS_SUCCESS && cairo_image_surface_get_width(image) > 0;
    if (usable) {
        const double scale = width / cairo_image_surface_get_width(image);
        height = cairo_image_surface_get_height(image) * scale;
        cairo_save(cairo_);
        cairo_translate(cairo_, x, y_);
        cairo_scale(cairo_, scale, scale);
        cairo_set_source_surface(cairo_, image, 0, 0);
        cairo_paint(cairo_);
        cairo_restore(cairo_);
    }
    cairo_surface_destroy(image);
    return usable;
}

Expected<std::string> Canvas::finish() {
    footer();
    if (format_ == Format::Svg) {
        const double height = y_ + kMargin;
        cairo_surface_t* svg = cairo_svg_surface_create_for_stream(append_bytes, &bytes_, kWidth, height);
        cairo_t* cr = cairo_create(svg);
        cairo_set_source_rgb(cr, 1, 1, 1);
        cairo_paint(cr);
        cairo_set_source_surface(cr, surface_, 0, 0);
        cairo_paint(cr);
        cairo_destroy(cr);
        cairo_surface_finish(svg);
        cairo_surface_destroy(svg);
    }
    const cairo_status_t status = cairo_status(cairo_);
    cairo_surface_finish(surface_);
    if (status != CAIRO_STATUS_SUCCESS) {
        return fail(ErrorCode::BadInput,
                    fmt::format("the report could not be drawn ({})", cairo_status_to_string(status)));
    }
    return std::move(bytes_);
}

} // namespace tb::report
