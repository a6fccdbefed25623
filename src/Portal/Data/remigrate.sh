#!/usr/bin/env bash
# Nothing is released yet, so each provider has one migration, made anew after every change of the model.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
rm -rf Data/Migrations
for db in Sqlite Postgres; do
  dotnet ef migrations add Initial -c "${db}Db" -o "Data/Migrations/$db" "$@"
done
