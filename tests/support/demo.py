#!/usr/bin/python3
"""The product from end to end on this machine: a stand-in Jira, the stub host with the Jira plugin, the steps of the
user guide, real scanner reports, and the tickets they become. Run it by ./dev demo [--dc [VERSION]] [--once]."""
import argparse
import ctypes
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from demo_steps import (Failure, Host, Jira, close_in_jira, connect, connect_data_center, import_reports, map_projects,
                        push_all, set_ownership)
from demo_table import table

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parent / "data" / "sarif"
START_SECONDS = 60
PR_SET_PDEATHSIG = 1


class Program:
    """A program of ours that runs in the background, with its output in a log. Ends with this process."""

    def __init__(self, name, arguments, log):
        self.name, self.log = name, log
        if not Path(arguments[0]).exists():
            raise Failure(f"{arguments[0]} is not built. Run ./dev build first.")
        libc = ctypes.CDLL(None)  # loaded before the fork, where only little may be done
        with open(log, "wb") as output:
            self.process = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us; we end the others in order
                preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL))

    def wait_for_line(self, prefix):
        """The rest of the first line that begins with `prefix`."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            for line in self.log.read_text(errors="replace").splitlines(keepends=True):
                if line.startswith(prefix) and line.endswith("\n"):
                    return line[len(prefix):].strip()
            if self.process.poll() is not None:
                raise Failure(f"{self.name} ended at its start with exit status {self.process.returncode}: "
                              f"{self.last_line()}", self.log)
            time.sleep(0.02)
        raise Failure(f"{self.name} was not ready after {START_SECONDS} seconds.", self.log)

    def last_line(self):
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it wrote nothing"

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def port_or_any(port):
    """The same address at every demo, so that open browser tabs go on working, unless somebody else has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port


def step(text):
    print(f"  {text}", flush=True)


class Demo:
    def __init__(self, build, data, version=None):
        self.version = version  # of Jira Data Center; none: Jira Cloud
        self.bin, self.bundle, self.data = build / "bin", build / "plugins" / "jira", data
        self.programs = []

    def start(self, name, arguments, ready):
        program = Program(name, [str(self.bin / name), *map(str, arguments)], self.data / f"{name}.log")
        self.programs.append(program)
        return program.wait_for_line(ready)

    def start_jira(self):
        deployment = ["--deployment", "dc", "--version", self.version] if self.version else []
        url = self.start("jira_sim", [*deployment, "--port", port_or_any(8443), "--ca-out", self.data / "ca.pem",
                                      "--trace", self.data / "jira-trace.jsonl"], "jira_sim listening on ")
        return Jira(url, self.data / "ca.pem")

    def start_host(self, jira):
        config = self.data / "host.conf"
        config.write_text(f"jira.cloud.auth_url = {jira.url}\n"
                          f"jira.cloud.api_url = {jira.url}\n"
                          "jira.cloud.client_id = sim-client\n"
                          "jira.cloud.client_secret = sim-secret\n"
                          f"jira.tls.ca_file = {jira.ca_file}\n")
        config.chmod(0o600)
        url = self.start("host_stub", ["serve", "--plugin", self.bundle, "--data", self.data / "host",
                                       "--port", port_or_any(8080), "--config", config], "Ready: ")
        return Host(url, self.data / "host", self.bin / "host_stub", self.data / "host_stub.log")

    def run(self):
        jira = self.start_jira()
        kind = f"Data Center {self.version}" if self.version else "Cloud"
        step(f"stand-in Jira {kind} at {jira.url}")
        host = self.start_host(jira)
        step(f"stub host with the Jira plugin at {host.url}")
        step("connected: " + (connect_data_center if self.version else connect)(host, jira))
        for line in map_projects(host):
            step(f"mapped {line}")
        set_ownership(host)
        for line in import_reports(host, REPORTS):
            step(f"imported {line}")
        started, before = time.monotonic(), jira.requests()
        findings = push_all(host)
        seconds, requests = time.monotonic() - started, jira.requests() - before
        print("\n" + table(findings, shutil.get_terminal_size((150, 50)).columns, sys.stdout.isatty()))
        print(f"\n{len(findings)} findings became {len(findings)} tickets in {seconds:.1f} s, "
              f"with {requests} requests to Jira.")
        first = min(findings, key=lambda finding: finding["ticket"]["key"])
        print(close_in_jira(host, jira, first) + "\n")
        return host, jira

    def end(self):
        for program in reversed(self.programs):
            program.end()


def show_addresses(host, jira, data):
    print(f"""Open in a browser (it will not know the stand-in's certificate authority, {data / 'ca.pem'}):
  findings           {host.url}/findings
  Jira settings      {host.url}/settings/integrations/jira/
  who you are        {host.url}/sign-in
  board of PAY       {jira.url}/projects/PAY
  board of AUTH      {jira.url}/projects/AUTH
  board of MOB       {jira.url}/projects/MOB
Logs and data are in {data}. Ctrl-C ends the demo.""", flush=True)


def watch(programs):
    """Returns when somebody presses Ctrl-C."""
    try:
        while True:
            for program in programs:
                if program.process.poll() is not None:
                    raise Failure(f"{program.name} has ended by itself: {program.last_line()}", program.log)
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nEnding the demo.")


def main():
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("build"), help="where the programs were built")
    parser.add_argument("--data", type=Path, default=Path(".demo"), help="emptied, then holds logs and data")
    parser.add_argument("--dc", nargs="?", const="10.3", metavar="VERSION",
                        help="Jira Data Center of this version (10.3) in place of Jira Cloud")
    parser.add_argument("--once", action="store_true", help="end after the table")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    data = options.data.resolve()
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)

    demo = Demo(options.build.resolve(), data, options.dc)
    try:
        host, jira = demo.run()
        if not options.once:
            show_addresses(host, jira, data)
            watch(demo.programs)
    except Failure as failure:
        print(f"\nThe demo failed: {failure}", file=sys.stderr)
        print(f"See {failure.log or data}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        demo.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
