#!/bin/bash
# Installs the Debian packages that features need; each feature says so itself where its package is missing.
set -eu
packages=(
  python3-venv            # make setup
  tesseract-ocr tesseract-ocr-vie  # scanned directives
  libreoffice-writer-nogui         # old .doc, .rtf and .odt files
  postgresql              # the tests' second database
  chromium                # the browser of the proofs
  chromium-headless-shell # the tests' browser: the same engine, without a window's parts
  gettext                 # translation catalogues
  fonts-liberation2 fonts-noto-core  # Vietnamese letters in what LibreOffice and the tests draw
)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then echo "setup-system: nothing is missing"; exit 0; fi
as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
# A server cluster of its own is not wanted: the tests start theirs in a temporary folder.
"${as_root[@]}" mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
