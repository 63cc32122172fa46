# Shared by ./run, ./test and .ci/run: finds what is missing, installs it from Debian, configures and builds.
# Sourced, not called. Prints what it does; asks nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build_packages=(build-essential cmake ninja-build pkg-config python3 python3-glad libsdl2-dev libglm-dev libimgui-dev
  libassimp-dev libembree-dev libjemalloc-dev libmeshoptimizer-dev libfmt-dev nlohmann-json3-dev libexpected-dev libcli11-dev
  libspdlog-dev libpng-dev libpango1.0-dev libgl1-mesa-dri libegl1 libgl1 fonts-inter fonts-dejavu-core)
test_packages=(libgtest-dev)
ci_packages=(git clang-format clang-tidy)

say() { printf '== %s\n' "$*"; }

# Installs those of the named packages that are not there.
need_packages() {
  command -v dpkg-query >/dev/null || { echo "This script installs packages on Debian 12; on another system install the list in .ci/common.sh yourself and build with: cmake --preset release && cmake --build --preset release" >&2; return 0; }
  local missing=() p
  local have
  # dpkg-query fails when a package is unknown to it, which is just the case asked about.
  have=" $({ dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true; } | awk '$1 == "installed" {print $2}' | tr '\n' ' ') "
  for p in "$@"; do [[ "$have" == *" $p "* ]] || missing+=("$p"); done
  [[ ${#missing[@]} -eq 0 ]] && return 0
  local as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo -n)
    else
      echo "Missing packages: ${missing[*]}" >&2
      echo "Run this once with root rights, then start again: sudo apt-get install ${missing[*]}" >&2
      exit 1
    fi
  fi
  say "installing from Debian: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Configures a preset once and builds the named targets; quiet when there is nothing to do.
build_preset() {
  local preset=$1
  shift
  if [[ ! -f build/$preset/build.ninja ]]; then
    say "configuring ($preset)"
    cmake --preset "$preset" >"build-$preset.log" 2>&1 || { cat "build-$preset.log"; rm -f "build-$preset.log"; exit 1; }
    rm -f "build-$preset.log"
  fi
  local targets=()
  [[ $# -gt 0 ]] && targets=(--target "$@")
  # Ninja says "no work to do" when nothing changed; anything else is shown.
  if [[ $(cmake --build --preset "$preset" "${targets[@]}" -- -n 2>/dev/null | tail -n 1) == *"no work to do"* ]]; then return 0; fi
  say "building ($preset)"
  cmake --build --preset "$preset" "${targets[@]}"
}
