#!/usr/bin/env python3
"""Compares what the program exports with real meshes (BodyParts3D 4.0): a developer's check, not a part of ./test.

  tests/reference/compare.py muscles [NAME ...]         uncalibrated body: surfaces of muscles
  tests/reference/compare.py bones [NAME|GROUP ...]     uncalibrated body: surfaces of bones
  tests/reference/compare.py landmarks [NAME|BONE ...]  landmarks on the built and on the reference bones
  tests/reference/compare.py outlines [--pictures DIR]  calibrated body: silhouettes from behind, front and side

Surfaces are measured with the functions of ../shared/figures/check_*.py, so that a row here means what it means there.
Ends with 1 where a limit is not kept. Where ../shared, numpy, scipy or (for outlines) matplotlib is missing it says so
and stops with success. TB_COMPARE_KEEP=FOLDER keeps built and read meshes there for the next run.
"""
import importlib
import sys

import reference

KINDS = {"muscles": (), "bones": (), "landmarks": (), "outlines": ("matplotlib",)}


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in KINDS:
        sys.exit(__doc__)
    kind, *rest = sys.argv[1:]
    reference.require(*KINDS[kind])
    sys.exit(0 if importlib.import_module(f"compare_{kind}").run(rest) else 1)


if __name__ == "__main__":
    main()
