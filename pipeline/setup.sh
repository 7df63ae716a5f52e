# Sourced by ./kehoach and ./test, which set `here` to the project's folder: installs what is missing.
# Everything it says goes to standard error. On the way of every call: no pip, no apt, no dpkg.

venv="$here/.venv"

say() { # say VIETNAMESE ENGLISH
    if [ "${KEHOACH_LANG:-vi}" = en ]; then printf '%s\n' "$2" >&2; else printf '%s\n' "$1" >&2; fi
}

# set_up LOCK: returns at once when LOCK is installed and no Debian package is missing.
set_up() {
    lacking=$(lacking_packages)
    ! is_ready "$1" || return 0
    if ! touch "$here/.venv.lock" 2>/dev/null; then
        say "Không ghi được vào $here nên chưa cài đặt được. Hãy chạy bằng tài khoản có quyền ghi." \
            "$here cannot be written to, so nothing can be installed. Use an account that may write there."
        exit 1
    fi
    (
        ! command -v flock >/dev/null || flock 9 # two first calls at once: the second waits, then finds all done
        is_ready "$1" || install_all "$1"
    ) 9>"$here/.venv.lock" || exit 1
}

is_ready() {
    [ -x "$venv/bin/python" ] && [ ! -e "$venv/unfinished" ] && cmp -s "$here/$1" "$venv/installed.$1" || return 1
    [ -z "$lacking" ] || { [ -r "$venv/told" ] && [ "$(cat "$venv/told")" = "$lacking" ]; }
}

# Debian packages that reading scans needs and that are not there, judged by the files that they bring.
lacking_packages() {
    command -v tesseract >/dev/null || printf 'tesseract-ocr '
    has_language vie || printf 'tesseract-ocr-vie '
    has_language osd || printf 'tesseract-ocr-osd '
    has_file /usr/share/fonts/*/liberation*/LiberationSerif-Regular.ttf || printf 'fonts-liberation2 '
    [ -z "${for_tests-}" ] || lacking_packages_of_tests
}

# What only tests need: ./test sets `for_tests`. Tests that lack it are skipped.
lacking_packages_of_tests() {
    command -v chromium >/dev/null || printf 'chromium '
    command -v soffice >/dev/null || printf 'libreoffice-writer '
}

has_language() {
    has_file "${TESSDATA_PREFIX:-/nowhere}/$1.traineddata" /usr/share/tesseract-ocr/*/tessdata/"$1.traineddata" \
        /usr/share/tessdata/"$1.traineddata" /usr/local/share/tessdata/"$1.traineddata"
}

has_file() {
    for path in "$@"; do [ ! -e "$path" ] || return 0; done
    return 1
}

install_all() {
    find_python || install_python
    [ -z "$lacking" ] || install_packages "$lacking" || tell_lacking "$lacking"
    cmp -s "$here/$1" "$venv/installed.$1" && [ ! -e "$venv/unfinished" ] || install_libraries "$1"
    printf '%s' "$(lacking_packages)" >"$venv/told"
    say "Đã cài đặt xong." "Everything is installed."
}

# Sets `python` to a Python 3.11 or newer that can make virtual environments.
find_python() {
    for python in "${KEHOACH_PYTHON:-python3.11}" python3.11 /usr/bin/python3.11 python3; do
        "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    return 1
}

install_python() {
    if install_packages python3.11 python3.11-venv && find_python; then return; fi
    say "Thiếu Python 3.11 cùng venv. Cách cài (quyền root): apt-get install python3.11 python3.11-venv" \
        "Python 3.11 with venv is missing. To get it (as root): apt-get install python3.11 python3.11-venv"
    exit 1
}

# False without root or apt, or when apt fails.
install_packages() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    say "Cài gói Debian: $*" "Installing Debian packages: $*"
    apt_log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q >"$apt_log" 2>&1 || true
    # shellcheck disable=SC2048,SC2086 # the list of packages is split on purpose
    if apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 $* >>"$apt_log" 2>&1 9>&-; then
        rm -f "$apt_log"
    else
        tail -n 5 "$apt_log" >&2
        rm -f "$apt_log"
        return 1
    fi
}

tell_lacking() {
    case "$1" in
        *tesseract*) say "Còn thiếu gói: $1. Bản quét (ảnh) chưa đọc được; PDF có lớp chữ, Word và văn bản thì đọc được." \
            "Missing packages: $1. Scans cannot be read yet; PDF with text, Word and plain text can." ;;
        *) say "Còn thiếu gói: $1." "Missing packages: $1." ;;
    esac
    say "Cách cài (quyền root, Debian/Ubuntu): apt-get install $1" \
        "To get them (as root, Debian or Ubuntu): apt-get install $1"
}

# The mark `unfinished` stands while pip works: a venv that was cut off half-way is made anew.
install_libraries() {
    if [ -e "$venv/unfinished" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        say "Tạo môi trường Python trong .venv" "Making a Python environment in .venv"
        "$python" -m venv --clear "$venv"
    fi
    : >"$venv/unfinished"
    say "Cài $(grep -c '==' "$here/$1") thư viện Python theo $1 (lần đầu mất vài phút)" \
        "Installing $(grep -c '==' "$here/$1") Python libraries from $1 (a few minutes the first time)"
    if ! "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --require-hashes \
        --only-binary :all: -r "$here/$1" >"$venv/install.log" 2>&1 9>&-; then
        tail -n 5 "$venv/install.log" >&2
        say "Không cài được thư viện. Kiểm tra mạng và chỗ trống trên đĩa rồi chạy lại; chi tiết: .venv/install.log" \
            "The libraries could not be installed. Check network and disk space, then run again; details: .venv/install.log"
        exit 1
    fi
    cp "$here/$1" "$venv/installed.$1"
    rm -f "$venv/unfinished"
}
