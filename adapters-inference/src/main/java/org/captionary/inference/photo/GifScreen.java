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
    public void read(int x, int y, int width, int height, byte[] rgb, int offset) {
      for (int i = 0; i < width * height; i++) {
        int frameX = x + i % width - screen.left;
        int frameY = y + i / width - screen.top;
        if (isInFrame(frameX, frameY)) {
          frame.read(frameX, frameY, 1, 1, rgb, offset + 3 * i);
        } else {
          RasterRgb.put(rgb, offset + 3 * i, background >> 16, background >> 8, background);
        }
      }
    }

    private boolean isInFrame(int x, int y) {
      return x >= 0 && x < frame.width() && y >= 0 && y < frame.height();
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
