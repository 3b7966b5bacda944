import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** Parts of the library that no stand-in needs; two thirds of it. */
const LEFT_OUT =
  /(^|\/)(test|tests|idlelib|tkinter|turtledemo|ensurepip|lib2to3|pydoc_data|site-packages|dist-packages|__pycache__|config-[^/]*)(\/|$)/;

const ASK =
  "import json, sys, sysconfig; print(json.dumps([sys.executable, sysconfig.get_path('stdlib')]))";

interface File {
  /** Path in an image. */
  readonly name: string;
  /** File of this machine. */
  readonly from: string;
}

/** Python of this machine with its library: it finds the one beside the other. */
export function pythonFiles(python: string): File[] {
  const answer = execFileSync(python, ["-c", ASK], { encoding: "utf8" });
  const [program = "", library = ""] = JSON.parse(answer) as string[];
  const files = fs.readdirSync(library, { recursive: true, encoding: "utf8" });
  return [
    { name: "usr/local/bin/python3", from: program },
    ...files
      .filter((file) => !LEFT_OUT.test(file) && fs.statSync(path.join(library, file)).isFile())
      .map((file) => ({
        name: `usr/local/lib/${path.basename(library)}/${file}`,
        from: path.join(library, file),
      })),
  ];
}
