// From what the scan lines meet to the picture: scatterers, borders, shadow, needle, receiver. Inside module
// tissue only.
#pragma once

#include <cstdint>
#include <vector>

#include "tissue/echo_lines.h"

namespace tb::tissue::echo {

class Painter {
public:
    /// Fills `picture` (its lines, samples, width and depth are set). `settings` are within their ranges and
    /// carry a frequency.
    void paint(const EchoTable& table, const Noise& noise, const Lines& lines, const EchoScene& scene,
               const EchoSettings& settings, EchoPicture& picture);

private:
    struct Frame; // what one picture needs, handed around
    void prepare_rows(const Frame& f);
    void paint_line(const Frame& f, int l);
    void paint_end(const Frame& f, const Line& line, int l, int from);
    void paint_no_contact(const Frame& f, int l);
    void add_borders(const Frame& f, const Line& line, int l);
    void add_bump(const Frame& f, int l, float at_sample, float half_mm, float level);
    // echo_needle.cpp
    void add_needle(const Frame& f, const NeedleInView& needle);
    static void add_fluid(Frame& f, const FluidInView& fluid, int l);
    void receive(const Frame& f, EchoPicture& picture);

    // one entry a sample of the picture, line by line
    std::vector<float> re_, im_, steel_;
    // one entry a row
    std::vector<float> passed_, noise_, fade_, even_, sum_re_, sum_im_;
    std::vector<float> kernel_; // kReach + 1 rows of one entry a sample
    double kernel_width_mm_ = 0.0, kernel_depth_mm_ = 0.0, kernel_MHz_ = 0.0;
    int kernel_lines_ = 0, kernel_samples_ = 0;
};

} // namespace tb::tissue::echo
