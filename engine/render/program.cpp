#include "render/program.h"

#include <fstream>
#include <regex>

#include <fmt/format.h>
#include <glad/gl.h>
#include <glm/gtc/type_ptr.hpp>

#include "render/textures.h"

namespace tb::render {
namespace {

constexpr int kDeepestInclude = 8;

/// OpenGL 3.3 here. A GLES 3.0 build says "#version 300 es" and "precision highp float;" with "int" and the
/// samplers likewise.
constexpr const char* kHead = "#version 330 core\n";

constexpr std::pair<const char*, int> kSamplers[] = {
    {"t_fibres", kFibreUnit},        {"t_noise", kNoiseUnit}, {"t_film", kFilmUnit},
    {"t_picture", kPictureUnit},     {"t_id", kIdUnit},       {"t_depth", kDepthUnit},
    {"t_occlusion", kOcclusionUnit}, {"t_room", kRoomUnit}};

/// The name in a line `#include "name"`; empty for any other line.
std::string included(const std::string& line) {
    if (!line.starts_with("#include")) return {};
    const auto open = line.find('"'), close = line.rfind('"');
    return open < close ? line.substr(open + 1, close - open - 1) : std::string();
}

Expected<void> read_into(ShaderSource& source, const std::string& folder, const std::string& name,
                         int depth) {
    const std::string path = folder + "/" + name;
    std::ifstream in(path);
    if (!in) {
        return fail(ErrorCode::NotFound,
                    "this shader file is missing; restore it or install the program again", path);
    }
    if (depth > kDeepestInclude) {
        return fail(ErrorCode::BadInput, "shader files include each other in a circle", path);
    }
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (const std::string inner = included(line); !inner.empty()) {
            if (auto ok = read_into(source, folder, inner, depth + 1); !ok) return ok;
        } else {
            source.text += line + "\n";
            source.places.push_back(fmt::format("{}:{}", path, number));
        }
    }
    return {};
}

/// The compiler's first message at its file and line. Drivers write "0:23(4): error: ..." or "0(23) : error
/// ..."; the second number is the line of the whole text. (#line directives are not used: Mesa 22 keeps no
/// file numbers.)
Error explain(const std::string& log, const ShaderSource& source, const std::string& path,
              std::size_t head_lines) {
    static const std::regex place(R"(\d+[:(](\d+))");
    std::smatch match;
    std::string where = path;
    if (std::regex_search(log, match, place)) {
        const auto line = static_cast<std::size_t>(std::stoul(match[1]));
        if (line > head_lines && line - head_lines <= source.places.size()) {
            where = source.places[line - head_lines - 1];
        }
    }
    return {ErrorCode::BadInput, "the shader does not compile: " + log.substr(0, log.find('\n')), where};
}

Expected<GLuint> compile(GLenum type, const ShaderSource& source, const std::string& path,
                         const std::vector<std::string>& variants) {
    std::string text = kHead;
    for (const std::string& v : variants) {
        text += "#define " + v + "\n";
    }
    text += source.text;
    const GLuint shader = glCreateShader(type);
    const char* pointer = text.c_str();
    glShaderSource(shader, 1, &pointer, nullptr);
    glCompileShader(shader);
    GLint ok = 0;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
    if (ok == 0) {
        std::string log(4096, '\0');
        GLsizei length = 0;
        glGetShaderInfoLog(shader, static_cast<GLsizei>(log.size()), &length, log.data());
        log.resize(static_cast<std::size_t>(length));
        glDeleteShader(shader);
        return tl::unexpected(explain(log, source, path, 1 + variants.size()));
    }
    return shader;
}

} // namespace

void Program::use() const {
    glUseProgram(id_);
}

int Program::find(std::string_view name) const {
    const auto it = uniforms_.find(name);
    return it == uniforms_.end() ? -1 : it->second;
}

void Program::set(std::string_view name, float v) const {
    glUniform1f(find(name), v);
}
void Program::set(std::string_view name, const glm::ivec2& v) const {
    glUniform2iv(find(name), 1, glm::value_ptr(v));
}
void Program::set(std::string_view name, const glm::vec2& v) const {
    glUniform2fv(find(name), 1, glm::value_ptr(v));
}
void Program::set(std::string_view name, const glm::vec3& v) const {
    glUniform3fv(find(name), 1, glm::value_ptr(v));
}
void Program::set(std::string_view name, const glm::vec4& v) const {
    glUniform4fv(find(name), 1, glm::value_ptr(v));
}
void Program::set(std::string_view name, const glm::mat4& v) const {
    glUniformMatrix4fv(find(name), 1, GL_FALSE, glm::value_ptr(v));
}

ProgramStore::~ProgramStore() {
    for (const auto& [key, program] : programs_)
        glDeleteProgram(program.id());
}

Expected<const ShaderSource*> ProgramStore::read(const std::string& name) {
    if (const auto it = sources_.find(name); it != sources_.end()) return &it->second;
    ShaderSource source;
    if (auto ok = read_into(source, folder_, name, 0); !ok) return tl::unexpected(ok.error());
    return &sources_.emplace(name, std::move(source)).first->second;
}

Expected<const Program*> ProgramStore::get(const std::string& vertex, const std::string& fragment,
                                           const std::vector<std::string>& variants) {
    std::string key = vertex + "+" + fragment;
    for (const std::string& v : variants)
        key += " " + v;
    if (const auto it = programs_.find(key); it != programs_.end()) return &it->second;

    const auto vertex_source = read(vertex);
    if (!vertex_source) return tl::unexpected(vertex_source.error());
    const auto fragment_source = read(fragment);
    if (!fragment_source) return tl::unexpected(fragment_source.error());
    const auto vs = compile(GL_VERTEX_SHADER, **vertex_source, folder_ + "/" + vertex, variants);
    if (!vs) return tl::unexpected(vs.error());
    const auto fs = compile(GL_FRAGMENT_SHADER, **fragment_source, folder_ + "/" + fragment, variants);
    if (!fs) {
        glDeleteShader(*vs);
        return tl::unexpected(fs.error());
    }
    const GLuint id = glCreateProgram();
    glAttachShader(id, *vs);
    glAttachShader(id, *fs);
    glLinkProgram(id);
    glDeleteShader(*vs);
    glDeleteShader(*fs);
    GLint ok = 0;
    glGetProgramiv(id, GL_LINK_STATUS, &ok);
    if (ok == 0) {
        std::string log(2048, '\0');
        glGetProgramInfoLog(id, static_cast<GLsizei>(log.size()), nullptr, log.data());
        glDeleteProgram(id);
        return fail(ErrorCode::BadInput, "the shaders do not fit together: " + log.substr(0, log.find('\n')),
                    folder_ + "/" + fragment);
    }
    std::map<std::string, int, std::less<>> uniforms;
    GLint count = 0;
    glGetProgramiv(id, GL_ACTIVE_UNIFORMS, &count);
    for (GLint i = 0; i < count; ++i) {
        char name[128];
        GLint size = 0;
        GLenum type = 0;
        glGetActiveUniform(id, static_cast<GLuint>(i), sizeof name, nullptr, &size, &type, name);
        std::string plain(name);
        if (plain.ends_with("[0]")) plain.resize(plain.size() - 3);
        uniforms[plain] = glGetUniformLocation(id, name);
    }
    glUseProgram(id);
    for (const auto& [name, unit] : kSamplers) {
        if (const auto it = uniforms.find(name); it != uniforms.end()) glUniform1i(it->second, unit);
    }
    if (const GLuint block = glGetUniformBlockIndex(id, "Frame"); block != GL_INVALID_INDEX)
        glUniformBlockBinding(id, block, 0);
    return &programs_.emplace(key, Program(id, std::move(uniforms))).first->second;
}

} // namespace tb::render
