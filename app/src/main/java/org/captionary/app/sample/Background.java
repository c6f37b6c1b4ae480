package org.captionary.app.sample;

import java.util.List;

/**
 * What is behind the figures: a sky above a ground, each a gradient from top to bottom, and the
 * phrases that fit them.
 */
enum Background {
  MEADOW(
      0x78B4F0,
      0xBEDCFA,
      0x5AAA46,
      0x3C8232,
      List.of("by a green meadow", "on a sunny day", "near the grass"),
      List.of("above the green grass", "over a meadow", "in the blue sky"),
      List.of("on the green grass", "in the grass", "in a green meadow")),
  BEACH(
      0x82BEF5,
      0xC8E1FA,
      0xE1C88C,
      0xCDAF73,
      List.of("by a sandy beach", "at the beach", "on a sunny day"),
      List.of("above the sandy beach", "over the sand", "in the blue sky"),
      List.of("on the sand", "on a sandy beach", "at the beach")),
  SEA(
      0xAACDF0,
      0xDCEBFA,
      0x1E6EA0,
      0x0F4678,
      List.of("by the calm sea", "at sea", "near the water"),
      List.of("above the calm sea", "over the water", "above the ocean"),
      List.of("in the calm sea", "in the water", "in the ocean")),
  SNOW(
      0xA0AFBE,
      0xCDD7E1,
      0xF0F4FA,
      0xDCE4EE,
      List.of("near the snow", "on a winter day", "on a snowy day"),
      List.of("above the snow", "over a snow-covered field", "in the winter sky"),
      List.of("in the snow", "on the snow", "in a snow-covered field")),
  NIGHT(
      0x0A0E2D,
      0x1E2350,
      0x142814,
      0x0A190A,
      List.of("at night", "in the dark", "on a dark night"),
      List.of("in the night sky", "in the dark sky", "above the dark field"),
      List.of("on the dark field", "in the dark", "in a field at night")),
  SUNSET(
      0xF09B6E,
      0xFFCD91,
      0x965537,
      0x784128,
      List.of("at sunset", "in the evening", "in the desert"),
      List.of("above the desert", "in the evening sky", "over the desert at sunset"),
      List.of("in the desert", "on the ground", "on the ground at sunset"));

  private final int skyTop;
  private final int skyBottom;
  private final int groundTop;
  private final int groundBottom;
  private final List<String> scenePhrases;
  private final List<String> airPhrases;
  private final List<String> groundPhrases;

  Background(
      int skyTop,
      int skyBottom,
      int groundTop,
      int groundBottom,
      List<String> scenePhrases,
      List<String> airPhrases,
      List<String> groundPhrases) {
    this.skyTop = skyTop;
    this.skyBottom = skyBottom;
    this.groundTop = groundTop;
    this.groundBottom = groundBottom;
    this.scenePhrases = scenePhrases;
    this.airPhrases = airPhrases;
    this.groundPhrases = groundPhrases;
  }

  int skyTop() {
    return skyTop;
  }

  int skyBottom() {
    return skyBottom;
  }

  int groundTop() {
    return groundTop;
  }

  int groundBottom() {
    return groundBottom;
  }

  List<Integer> colours() {
    return List.of(skyTop, skyBottom, groundTop, groundBottom);
  }

  /** Phrases true of the whole photo, wherever its figures are. */
  List<String> scenePhrases() {
    return scenePhrases;
  }

  /** Phrases true of a figure that is in the sky altogether. */
  List<String> airPhrases() {
    return airPhrases;
  }

  /** Phrases true of a figure whose foot is on the ground. */
  List<String> groundPhrases() {
    return groundPhrases;
  }
}
