import { describe, expect, it } from '@jest/globals';
import { interpreterOf } from '../../../src/adapters/emulator/moto-server-location.js';

describe("a Python script's interpreter", () => {
  it.each([
    ['#!/usr/bin/python3\nimport re\n', '/usr/bin/python3', []],
    ['#!/a/venv/bin/python\n', '/a/venv/bin/python', []],
    ['#!/a/bin/python3.11 -E\n', '/a/bin/python3.11', ['-E']],
    ['#! /usr/bin/env python3\n', '/usr/bin/env', ['python3']],
    ["#!/bin/sh\n'''exec' \"/a long/bin/python3\" \"$0\" \"$@\"\n' '''\n", '/a long/bin/python3', []],
    ["#!/bin/sh\n'''exec' /a/bin/python3 \"$0\" \"$@\"\n' '''\n", '/a/bin/python3', []],
  ])('of %j is found', (script, command, args) => {
    expect(interpreterOf(script)).toEqual([command, args]);
  });

  it.each(['#!/bin/sh\nexec foo\n', '#!/usr/bin/env node\n', '\u007fELF', ''])('of %j is none', (script) => {
    expect(interpreterOf(script)).toBeNull();
  });
});
