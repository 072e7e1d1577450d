"""A disc image that a PC's firmware boots: GRUB, the kernel, the archive."""

import os
import shutil
import subprocess

from .build import BuildFailed

PORTS = ("x86",)
NO_DISC = "a disc image is for a PC: --arch x86"

GRUB_CFG = """\
set timeout=0
menuentry "nopage" {{
	multiboot /boot/kernel.elf {arguments}
	module /boot/archive.cpio
}}
"""


def write(image, kernel, archive, arguments, scratch):
    """Write a bootable image; archive is bytes, arguments the boot arguments in one string."""
    boot = os.path.join(scratch, "disc", "boot")
    os.makedirs(os.path.join(boot, "grub"), exist_ok=True)
    shutil.copy(kernel, os.path.join(boot, "kernel.elf"))
    with open(os.path.join(boot, "archive.cpio"), "wb") as file:
        file.write(archive)
    quoted = " ".join(f"'{word}'" for word in arguments.split())
    with open(os.path.join(boot, "grub", "grub.cfg"), "w", encoding="utf-8") as file:
        file.write(GRUB_CFG.format(arguments=quoted))
    command = ["grub-mkrescue", "-o", image, os.path.dirname(boot)]
    try:
        made = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
    except FileNotFoundError as error:
        raise BuildFailed("grub-mkrescue is not installed: ./np doctor tells how") from error
    if made.returncode != 0:
        raise BuildFailed("grub-mkrescue failed: " + made.stdout.decode(errors="replace").strip())


def maker(kernel, scratch):
    """What machine.boot wants of its iso argument: a function that writes this run's image."""
    def make(arguments, archive):
        image = os.path.join(scratch, "nopage.iso")
        write(image, kernel, archive, arguments, scratch)
        return image
    return make
