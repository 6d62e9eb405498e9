// A program of ours in the background: started, waited for, ended with the test.
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";

const startMs = 60_000;

export class Program {
  /** Resolves with the rest of the first line of output that begins with `ready`. */
  static start(file, args, ready, log) {
    const program = new Program();
    const output = createWriteStream(log);
    program.child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
    program.ended = new Promise((resolve) => program.child.once("exit", resolve));
    program.child.stderr.pipe(output);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${file} was not ready in time; see ${log}`)), startMs);
      createInterface({ input: program.child.stdout }).on("line", (line) => {
        output.write(`${line}\n`);
        if (!line.startsWith(ready)) return;
        clearTimeout(late);
        program.line = line.slice(ready.length).trim();
        resolve(program);
      });
      program.child.once("error", reject);
      program.ended.then((status) => reject(new Error(`${file} ended at its start (${status}); see ${log}`)));
    });
  }

  async stop() {
    this.child.kill("SIGTERM");
    await this.ended;
  }
}
