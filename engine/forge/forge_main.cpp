// tautband-forge: the figure tables to body.glb and catalogue.json, at build time.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "forge/build.h"
#include "forge/growth.h"
#include "forge/living.h"
#include "forge/write.h"

namespace {

using namespace tb;
namespace fs = std::filesystem;

constexpr const char* kUsage =
    "usage: tautband-forge --figures DIR --out DIR [--uncalibrated]\n"
    "Builds body.glb and catalogue.json in the second folder from the figure tables in the first.\n"
    "--uncalibrated leaves muscles where the reference body has them, for comparison with it.\n";

Expected<std::string> read_file(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error))
        return fail(ErrorCode::NotFound,
                    "this file is not there; give the folder of the figure tables with --figures",
                    path.string());
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && !in.eof())
        return fail(ErrorCode::NotFound, "this file cannot be read; check its permissions", path.string());
    return text;
}

/// Written beside and renamed, so that a full disk never leaves half a file under the real name.
Expected<bool> write_file(const fs::path& path, const std::string& bytes) {
    const fs::path part = path.string() + ".part";
    std::error_code error;
    {
        std::ofstream out(part, std::ios::binary | std::ios::trunc);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        out.close();
        if (!out) {
            fs::remove(part, error);
            return fail(ErrorCode::Unwritable,
                        "this file cannot be written; check the folder's permissions and the free space",
                        path.string());
        }
    }
    fs::rename(part, path, error);
    if (error)
        return fail(ErrorCode::Unwritable, fmt::format("this file cannot be replaced ({})", error.message()),
                    path.string());
    return true;
}

Expected<forge::FigureTexts> read_texts(const fs::path& folder) {
    forge::FigureTexts texts;
    for (const forge::FigureFile& file : forge::kFigureFiles) {
        Expected<std::string> read = read_file(folder / file.name);
        if (!read) return tl::make_unexpected(read.error());
        texts.*file.text = std::move(*read);
    }
    return texts;
}

class Progress {
public:
    void group(std::string_view name, std::span<const forge::Built> built) {
        std::size_t triangles = 0, coarsest = 0;
        for (const forge::Built& b : built) {
            const std::size_t sides =
                b.structure.side == anatomy::Side::Right && b.structure.mirrored ? 2 : 1;
            triangles += sides * b.lods.front().triangle_count();
            coarsest += sides * b.lods.back().triangle_count();
        }
        total_ += triangles;
        coarsest_ += coarsest;
        structures_ += built.size();
        fmt::print("{:<8} {:>4} structures {:>8} triangles ({:>6} coarsest) {:>6.1f} s\n", name, built.size(),
                   triangles, coarsest, seconds());
        std::fflush(stdout);
    }
    void end(const forge::BodyFiles& files) const {
        fmt::print(
            "body     {:>4} structures {:>8} triangles ({:>6} coarsest), both sides; {:.1f} MB in {:.1f} s\n",
            structures_, total_, coarsest_,
            static_cast<double>(files.glb.size() + files.catalogue.size()) / 1e6, seconds());
    }

private:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::size_t structures_ = 0, total_ = 0, coarsest_ = 0;
};

int explain(const Error& error) {
    fmt::print(stderr, "tautband-forge: {}\n", error.text());
    return exit_code_of(error.code);
}

int run(const fs::path& figures_folder, const fs::path& out_folder, bool calibrated) {
    const Expected<forge::FigureTexts> texts = read_texts(figures_folder);
    if (!texts) return explain(texts.error());
    ExpectedAll<forge::Figures> figures = forge::read_figures(*texts);
    if (!figures) {
        for (const Error& fault : figures.error())
            explain(fault);
        return exit_code_of(ErrorCode::BadInput);
    }
    // Before the work, so that a wrong folder is known at once.
    std::error_code error;
    fs::create_directories(out_folder, error);
    if (error)
        return explain(
            {ErrorCode::Unwritable,
             fmt::format("this folder cannot be made ({}); choose another with --out", error.message()),
             out_folder.string()});

    Progress progress;
    std::vector<forge::Built> body;
    const auto add = [&](std::string_view name, std::vector<forge::Built> built) {
        progress.group(name, built);
        std::move(built.begin(), built.end(), std::back_inserter(body));
    };
    std::vector<forge::Built> skeleton = forge::build_bones(figures->bones);
    std::ranges::move(forge::build_discs(figures->discs), std::back_inserter(skeleton));
    progress.group("skeleton", skeleton);
    if (calibrated) forge::calibrate(*figures, skeleton);
    add("muscles", forge::build_muscles(figures->muscles, calibrated ? std::span<const forge::Built>(skeleton)
                                                                     : std::span<const forge::Built>()));
    std::move(skeleton.begin(), skeleton.end(), std::back_inserter(body));
    const std::size_t firm = body.size(); // what the skin covers; the rest it only keeps clear of
    forge::SkinCover cover = forge::skin_cover(figures->skin, figures->living, body);
    if (calibrated) forge::sink(figures->tubes, cover);
    add("hazards", forge::build_hazards(*figures));
    const std::span<const forge::Built> all(body);
    std::vector<forge::Built> skin;
    skin.push_back(forge::build_skin(figures->skin, std::move(cover), all.first(firm), all.subspan(firm)));
    anatomy::Variation variation{figures->living.cover, figures->living.bulk, {}};
    if (calibrated) variation.growth = forge::growth_of(body, skin.front());
    add("skin", std::move(skin));

    const Expected<forge::BodyFiles> files = forge::body_files(body, *figures, *texts, variation);
    if (!files) return explain(files.error());
    // The catalogue last: whoever finds it finds a whole body.
    for (const auto& [name, bytes] :
         {std::pair{"body.glb", &files->glb}, std::pair{"catalogue.json", &files->catalogue}})
        if (const auto written = write_file(out_folder / name, *bytes); !written)
            return explain(written.error());
    progress.end(*files);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    fs::path figures, out;
    bool calibrated = true;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--help") {
            fmt::print("{}", kUsage);
            return 0;
        }
        if (argument == "--uncalibrated")
            calibrated = false;
        else if (argument == "--figures" && i + 1 < argc)
            figures = argv[++i];
        else if (argument == "--out" && i + 1 < argc)
            out = argv[++i];
        else {
            fmt::print(stderr, "tautband-forge: \"{}\" is not understood\n{}", argument, kUsage);
            return 1;
        }
    }
    if (figures.empty() || out.empty()) {
        fmt::print(stderr, "{}", kUsage);
        return 1;
    }
    return run(figures, out, calibrated);
}
