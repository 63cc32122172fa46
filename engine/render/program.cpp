#include "render/program.h"

#include <fstream>
#include <regex>
#include <sstream>

#include <fmt/format.h>
#include <glad/gl.h>
#include <glm/gtc/type_ptr.hpp>

#include "render/textures.h"

namespace tb::render {
namespace {

/// Shader text after includes, with the files it came from, so that compiler messages can name them.
struct Source {
    std::string text;
    std::vector<std::string> files;
};

constexpr int kDeepestInclude = 8;

/// OpenGL 3.3 here. A GLES 3.0 build says "#version 300 es" and "precision highp float;" with "int" and the samplers likewise.
constexpr const char* kHead = "#version 330 core\n";

constexpr std::pair<const char*, int> kSamplers[] = {
    {"t_fibres", kFibreUnit}, {"t_noise", kNoiseUnit}, {"t_film", kFilmUnit},          {"t_picture", kPictureUnit},
    {"t_id", kIdUnit},        {"t_depth", kDepthUnit}, {"t_occlusion", kOcclusionUnit},
    {"t_room", kRoomUnit}};

Expected<void> read_into(Source& source, const std::string& folder, const std::string& name, int depth) {
    const std::string path = folder + "/" + name;
    std::ifstream in(path);
    if (!in) return fail(ErrorCode::NotFound, "this shader file is missing; restore it or install the program again", path);
    if (depth > kDeepestInclude) return fail(ErrorCode::BadInput, "shader files include each other in a circle", path);
    const auto index = source.files.size();
    source.files.push_back(path);
    source.text += fmt::format("#line 1 {}\n", index);
    static const std::regex include(R"re(^\s*#include\s+"([^"]+)"\s*$)re");
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        std::smatch match;
        if (std::regex_match(line, match, include)) {
            if (auto ok = read_into(source, folder, match[1], depth + 1); !ok) return ok;
            source.text += fmt::format("#line {} {}\n", number + 1, index);
        } else {
            source.text += line + "\n";
        }
    }
    return {};
}

/// The compiler's first message with file name instead of file number. Mesa and others write "1:23(4): error: ...".
Error explain(const std::string& log, const Source& source) {
    static const std::regex place(R"((\d+)[:(](\d+))");
    std::smatch match;
    std::string where = source.files.empty() ? "shader" : source.files.front();
    if (std::regex_search(log, match, place)) {
        const auto file = static_cast<std::size_t>(std::stoul(match[1]));
        if (file < source.files.size()) where = fmt::format("{}:{}", source.files[file], match[2].str());
    }
    return {ErrorCode::BadInput, "the shader does not compile: " + log.substr(0, log.find('\n')), where};
}

Expected<GLuint> compile(GLenum type, const std::string& folder, const std::string& name,
                         const std::vector<std::string>& variants) {
    Source source;
    std::string head = kHead;
    for (const std::string& v : variants) head += "#define " + v + "\n";
    if (auto ok = read_into(source, folder, name, 0); !ok) return tl::unexpected(ok.error());
    const std::string text = head + source.text;
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
        return tl::unexpected(explain(log, source));
    }
    return shader;
}

} // namespace

void Program::use() const { glUseProgram(id_); }

int Program::find(std::string_view name) const {
    const auto it = uniforms_.find(name);
    return it == uniforms_.end() ? -1 : it->second;
}

void Program::set(std::string_view name, float v) const { glUniform1f(find(name), v); }
void Program::set(std::string_view name, const glm::ivec2& v) const { glUniform2iv(find(name), 1, glm::value_ptr(v)); }
void Program::set(std::string_view name, const glm::vec2& v) const { glUniform2fv(find(name), 1, glm::value_ptr(v)); }
void Program::set(std::string_view name, const glm::vec3& v) const { glUniform3fv(find(name), 1, glm::value_ptr(v)); }
void Program::set(std::string_view name, const glm::vec4& v) const { glUniform4fv(find(name), 1, glm::value_ptr(v)); }
void Program::set(std::string_view name, const glm::mat4& v) const {
    glUniformMatrix4fv(find(name), 1, GL_FALSE, glm::value_ptr(v));
}

ProgramStore::~ProgramStore() {
    for (const auto& [key, program] : programs_) glDeleteProgram(program.id());
}

Expected<const Program*> ProgramStore::get(const std::string& vertex, const std::string& fragment,
                                           const std::vector<std::string>& variants) {
    std::string key = vertex + "+" + fragment;
    for (const std::string& v : variants) key += " " + v;
    if (const auto it = programs_.find(key); it != programs_.end()) return &it->second;

    const auto vs = compile(GL_VERTEX_SHADER, folder_, vertex, variants);
    if (!vs) return tl::unexpected(vs.error());
    const auto fs = compile(GL_FRAGMENT_SHADER, folder_, fragment, variants);
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
    if (const GLuint block = glGetUniformBlockIndex(id, "Frame"); block != GL_INVALID_INDEX) glUniformBlockBinding(id, block, 0);
    return &programs_.emplace(key, Program(id, std::move(uniforms))).first->second;
}

} // namespace tb::render
