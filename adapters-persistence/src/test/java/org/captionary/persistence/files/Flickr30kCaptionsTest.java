package org.captionary.persistence.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Flickr30kCaptionsTest {

  private static final String FORM = "the row is not of the form name | whole number | caption";

  @Test
  void givesTheWholeAccountOfADirtyFile() {
    Recorded read =
        read(
            """
            image_name| comment_number| comment
            1000092795.jpg| 0| Two young guys , "shaggy" , look at their hands .
            1000092795.jpg| 1| A bar | in the caption .
            2199200615.jpg| 4   A dog runs across the grass .
            a.jpg|3|
            a.jpg| 4
            a.jpg| 4a| Not a number .
            a.jpg, 4, Commas .

            | 0| No name .
            image_name| comment_number| comment
            """);
    assertThat(read.rows)
        .containsExactly(
            "1000092795|Two young guys , \"shaggy\" , look at their hands .",
            "1000092795|A bar | in the caption .",
            "2199200615|A dog runs across the grass .",
            "a|");
    assertThat(read.numbers).containsExactly(0, 1, 4, 3);
    assertThat(Formats.rejected(read))
        .containsExactly(
            "6|a.jpg| 4|" + FORM,
            "7|a.jpg| 4a| Not a number .|" + FORM,
            "8|a.jpg, 4, Commas .|" + FORM,
            "9||the row is blank",
            "10|| 0| No name .|the row names no photo: nothing stands before the first dot",
            "11|image_name| comment_number| comment|" + FORM);
  }

  @Test
  void isToldByItsHeaderOrItsRows() {
    assertThat(Formats.recognising("image_name| comment_number| comment\n"))
        .containsExactly("flickr30k");
    assertThat(Formats.recognising("a.jpg| 0| x\nb.jpg| 4  y\nb.jpg|0|z\n"))
        .containsExactly("flickr30k");
    assertThat(Formats.recognising("a.jpg#0\tx | 1| y\n")).containsExactly("flickr8k");
  }

  /** Flickr30k's other form, and Flickr8k's lemmas. */
  @Test
  void leavesTokenFilesToFlickr8k() {
    String text =
        "1000092795.jpg#0\tTwo young guys with shaggy hair .\n"
            + "1305564994_00513f9a5b.jpg#0\tA man in street racer armor be examine .\n";
    assertThat(Formats.recognising(text)).containsExactly("flickr8k");
    assertThat(Formats.read(new Flickr8kCaptions(), text).rows)
        .containsExactly(
            "1000092795|Two young guys with shaggy hair .",
            "1305564994_00513f9a5b|A man in street racer armor be examine .");
  }

  private static Recorded read(String text) {
    return Formats.read(new Flickr30kCaptions(), text);
  }
}
