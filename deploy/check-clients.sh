#!/usr/bin/env bash
# Pulls from the packaged service with the real clients (numpy, Keras, PyTorch) and compares all that
# comes with the Keras tutorial, and scores with pycocoevalcap. Needs python3 with venv, nginx for the
# cache, and a PostgreSQL; fetches the rest once, into deploy/target. Build first: ./mvnw package.
# Other checks may be named:
# check-clients.sh path/to/check.py
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export PYTHONPATH="$here/checks"
if [ $# -eq 0 ]; then
  set -- "$here/checks/check_sample.py" "$here/checks/check_languages.py" \
    "$here/checks/check_kill.py" "$here/checks/check_external_database.py" "$here/checks/check_outage.py" \
    "$here/checks/check_client.py" \
    "$here/checks/check_client_keras.py" "$here/checks/check_cache.py" \
    "$here/checks/check_same_bytes.py" "$here/checks/check_photo.py" "$here/checks/check_caption.py" \
    "$here/checks/check_extraction.py" "$here/checks/check_export.py" \
    "$here/checks/check_scores.py" "$here/checks/check_doors.py" "$here/checks/check_tls.py" \
    "$here/checks/check_roles.py" "$here/checks/check_bom.py" \
    "$here/checks/check_client_torch.py"
fi
for check in "$@"; do
  case $check in
    *torch*) requirements=$here/trainers/requirements-torch.txt ;;
    *deployment*|*compose*) requirements=$here/checks/requirements-deployment.txt ;;
    *fuzz*) requirements=$here/checks/requirements-fuzz.txt ;;
    *check_page* | *check_docs*) requirements=$here/checks/requirements-page.txt ;;
    *scores*) requirements=$here/checks/requirements-scores.txt ;;
    *) requirements=$here/checks/requirements.txt ;;
  esac
  begin=$SECONDS
  "$here/in-venv.sh" "$requirements" python "$check"
  printf -- '-- %s: %d s\n' "$(basename "$check")" $((SECONDS - begin))
done
