#!/usr/bin/env bash
# Runs each analyzer over the course by itself, every rule on, and counts: docs/comparison.md. Restores packages that nothing else needs.
set -euo pipefail
cd "$(dirname "$0")"
while read -r peer rules; do
  dotnet build -p:Peer="$peer" -v q -nologo --no-incremental > /dev/null
  dotnet run --file Count.cs -- "$peer" "$rules"
done <<'PEERS'
Ours EXP
Bundled SER303,SER305
Sonar S6562,S6563,S4462
Meziantou MA0132,MA0133
Threading VSTHRD002
Roslynator none
AsyncFixer none
Banned RS0030
PEERS
