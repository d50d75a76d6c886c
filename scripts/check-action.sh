#!/usr/bin/env bash
# What the GitHub Action runs: annotations to the job's log, and the files that were asked for.
set -uo pipefail

paths=()
while IFS= read -r path; do
  [ -n "$path" ] && paths+=("$path")
done <<<"${NOACCEPT_PATHS:-fixtures}"

version="${NOACCEPT_VERSION:-}"
if [ -z "$version" ]; then
  version="$(node -p 'require(process.argv[1]).version' "$NOACCEPT_ACTION/package.json")"
fi
noaccept=(${NOACCEPT_COMMAND:-npx --yes "noaccept@$version"})

code=0
"${noaccept[@]}" check --format github -- "${paths[@]}" || code=$?
[ -n "${NOACCEPT_SARIF:-}" ] && { "${noaccept[@]}" check --quiet --format sarif --output "$NOACCEPT_SARIF" -- "${paths[@]}" || true; }
[ -n "${NOACCEPT_JUNIT:-}" ] && { "${noaccept[@]}" check --quiet --format junit --output "$NOACCEPT_JUNIT" -- "${paths[@]}" || true; }

[ -n "${GITHUB_OUTPUT:-}" ] && echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
