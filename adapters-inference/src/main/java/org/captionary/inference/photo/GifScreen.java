package org.captionary.inference.photo;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The first frame of a GIF on its logical screen, as Pillow shows it: around a smaller frame stands
 * the transparent colour of the palette, or its first; a frame that sticks out widens the screen.
 *
 * @param width of the screen, in pixels
 * @param height of the screen, in pixels
 * @param left of the frame on the screen
 * @param top of the frame on the screen
 */
record GifScreen(int width, int height, int left, int top) {

  /** Reads no pixel. */
  static GifScreen of(ImageReader reader) throws IOException {
    Element screen = descriptor(reader.getStreamMetadata(), "LogicalScreenDescriptor");
    Element frame = descriptor(reader.getImageMetadata(0), "ImageDescriptor");
    int left = number(frame, "imageLeftPosition");
    int top = number(frame, "imageTopPosition");
    return new GifScreen(
        Math.max(number(screen, "logicalScreenWidth"), left + reader.getWidth(0)),
        Math.max(number(screen, "logicalScreenHeight"), top + reader.getHeight(0)),
        left,
        top);
  }

  RgbSource show(BufferedImage frame) {
    IndexColorModel palette = (IndexColorModel) frame.getColorModel();
    int background = palette.getRGB(Math.max(0, palette.getTransparentPixel()));
    return new OnScreen(this, RasterRgb.of(palette, frame.getRaster(), false), background);
  }

  private record OnScreen(GifScreen screen, RgbSource frame, int background) implements RgbSource {

    @Override
    public int width() {
      return screen.width;
    }

    @Override
    public int height() {
      return screen.height;
    }

    @Override
    public void pick(int y, int[] xs, byte[] rgb, int offset) {
      for (int i = 0; i < xs.length; i++) {
        RasterRgb.put(rgb, offset + 3 * i, background >> 16, background >> 8, background);
      }
      int frameY = y - screen.top;
      if (frameY >= 0 && frameY < frame.height()) {
        pickFrame(frameY, xs, rgb, offset);
      }
    }

    private void pickFrame(int y, int[] xs, byte[] rgb, int offset) {
      int first = firstAtLeast(xs, screen.left);
      int end = firstAtLeast(xs, screen.left + frame.width());
      int[] inside = new int[end - first];
      for (int i = 0; i < inside.length; i++) {
        inside[i] = xs[first + i] - screen.left;
      }
      frame.pick(y, inside, rgb, offset + 3 * first);
    }

    private static int firstAtLeast(int[] ascending, int bound) {
      int i = 0;
      while (i < ascending.length && ascending[i] < bound) {
        i++;
      }
      return i;
    }
  }

  private static Element descriptor(IIOMetadata metadata, String name) throws IOException {
    Node node = metadata.getAsTree(metadata.getNativeMetadataFormatName()).getFirstChild();
    while (node != null && !node.getNodeName().equals(name)) {
      node = node.getNextSibling();
    }
    if (node == null) {
      throw new IOException(name + " is missing");
    }
    return (Element) node;
  }

  private static int number(Element element, String attribute) {
    return Integer.parseInt(element.getAttribute(attribute));
  }
}
