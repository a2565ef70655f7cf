"""Makes the files of this folder with Pillow: one picture stored in each of the eight ways that a camera can be held,
and each as Pillow turns it upright. Half of the files have their numbers least byte first, the others last."""
from PIL import Image, ImageOps

WIDE, HIGH = 24, 16
picture = Image.new("RGB", (WIDE, HIGH))
for x in range(WIDE):
    for y in range(HIGH):
        left, above = x < WIDE // 2, y < HIGH // 2
        corner = {(1, 1): (220, 30, 30), (0, 1): (30, 200, 30), (1, 0): (30, 30, 220), (0, 0): (230, 230, 30)}
        picture.putpixel((x, y), corner[(int(left), int(above))])

how = Image.Transpose
stored = {
    1: [], 2: [how.FLIP_LEFT_RIGHT], 3: [how.ROTATE_180], 4: [how.FLIP_TOP_BOTTOM],
    5: [how.TRANSPOSE], 6: [how.ROTATE_90], 7: [how.TRANSVERSE], 8: [how.ROTATE_270],
}
for orientation, turns in stored.items():
    image = picture
    for turn in turns:
        image = image.transpose(turn)
    exif = Image.Exif()
    exif.endian = "<" if orientation % 2 else ">"
    exif[0x0112] = orientation
    image.save(f"{orientation}.jpg", quality=92, subsampling=0, exif=exif)
    ImageOps.exif_transpose(Image.open(f"{orientation}.jpg")).convert("RGB").save(f"{orientation}.png")
