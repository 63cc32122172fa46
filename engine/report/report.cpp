#include "report/report.h"

#include "base/check.h"
#include "report/pages.h"

namespace tb::report {

Expected<std::string> render_report(const ReportInput& input, Format format) {
    TB_CHECK(input.scenario != nullptr && input.log != nullptr && input.assessment != nullptr);
    Canvas canvas(format);
    canvas.set_footer("Tautband: for education, not medical advice. " +
                      input.log->chain_head().substr(0, 16));
    draw_head(canvas, input);
    draw_critical(canvas, input);
    draw_pictures(canvas, input);
    draw_items(canvas, input);
    draw_thresholds(canvas, input);
    draw_needle(canvas, input);
    draw_timeline(canvas, input);
    return canvas.finish();
}

} // namespace tb::report
