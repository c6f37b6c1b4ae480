package org.captionary.inference.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kinds of files that are found among photos and not read, so that a refusal can name them. */
enum ForeignFormat {
  WEBP("WebP", "RIFF....WEBP"),
  TIFF("TIFF", "(II[*+]\0|MM\0[*+])"),
  AVIF("AVIF", "....ftypavi[fs]"),
  HEIC("HEIC", "....ftyp(he[ivx][cfmsx]|mif1|msf1)"),
  JPEG_2000("JPEG 2000", "(\0\0\0\fjP  |\u00ff\u004f\u00ff\u0051)"),
  JPEG_XL("JPEG XL", "(\u00ff\n|\0\0\0\fJXL )"),
  PSD("PSD", "8BPS"),
  PDF("PDF", "%PDF-"),
  SVG("SVG", "\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)?(<!doctype svg[^>]*>\\s*)?<svg[\\s>]"),
  HTML("HTML", "\\s*(<!--.*?-->\\s*)?<(!doctype html|html|head|body|script)[\\s>]"),
  ZIP("ZIP", "PK\3\4");

  private static final int LOOKED_AT = 512;
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private final String title;
  private final Pattern beginning;

  ForeignFormat(String title, String beginning) {
    this.title = title;
    this.beginning = Pattern.compile(beginning, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  static Optional<ForeignFormat> of(byte[] file) {
    String head = new String(file, 0, Math.min(file.length, LOOKED_AT), ISO_8859_1);
    String text = head.startsWith(BYTE_ORDER_MARK) ? head.substring(3) : head;
    return Arrays.stream(values())
        .filter(format -> format.beginning.matcher(text).lookingAt())
        .findFirst();
  }

  @Override
  public String toString() {
    return title;
  }
}
