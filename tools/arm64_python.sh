#!/bin/sh
# Makes a Python for another architecture, 64-bit ARM, that runs here: sh tools/arm64_python.sh FOLDER
#
# Then   make same-bytes PYTHONS=FOLDER/bin/python   prints all briefs with it, and compares.
#
# Debian's packages for arm64, Python and Pango among them, are downloaded and unpacked into FOLDER. Nothing is
# installed, and the lists of packages of this machine stay as they are. FOLDER/bin/python runs that Python in qemu's
# emulation of one process, and what it starts by sys.executable too: no chroot, no root, no binfmt. It needs Debian,
# or another system with apt and packages for arm64, and qemu: apt-get install qemu-user-static.
set -eu

[ $# = 1 ] || { echo "usage: arm64_python.sh FOLDER" >&2; exit 2; }
command -v qemu-aarch64-static >/dev/null || { echo "qemu is missing: apt-get install qemu-user-static" >&2; exit 1; }
mkdir -p "$1"
folder=$(cd "$1" && pwd -P)

mkdir -p "$folder/apt/lists/partial" "$folder/apt/archives/partial" "$folder/bin" "$folder/root"
: >"$folder/apt/status"
cat >"$folder/apt/apt.conf" <<CONF
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "";
Dir::State "$folder/apt";
Dir::State::status "$folder/apt/status";
Dir::Cache "$folder/apt";
Debug::NoLocking "true";
CONF
export APT_CONFIG="$folder/apt/apt.conf"
apt-get update -qq
apt-get install -qq -y --download-only python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    libstdc++6  # wheels want it
for package in "$folder"/apt/archives/*.deb; do
    dpkg-deb --extract "$package" "$folder/root"
done

# The name that it is called by decides sys.executable, and by that the virtual environment.
cat >"$folder/bin/python" <<RUN
#!/bin/sh
exec qemu-aarch64-static -0 "\$0" -L "$folder/root" "$folder/root/usr/bin/python3" "\$@"
RUN
chmod +x "$folder/bin/python"
"$folder/bin/python" -c 'import platform; print("Python", platform.python_version(), platform.machine())'
echo "$folder/bin/python"
