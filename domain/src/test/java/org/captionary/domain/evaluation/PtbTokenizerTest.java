package org.captionary.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against what Stanford's PTBTokenizer 3.4.1 and COCO's dropping of punctuation make of them. */
final class PtbTokenizerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "A man , a dog -- and a ball .|a man a dog and a ball",
        "Don't you think it's the man's dogs' toys? I can't; they're here.|"
            + "do n't you think it 's the man 's dogs toys i ca n't they 're here",
        "I'm I'd I'll I've|i 'm i 'd i 'll i 've",
        "He cannot; they're gonna wanna gimme|he can not they 're gon na wan na gim me",
        "'Tis 'twas rock 'n' roll in the '90s|'t is 't was rock 'n' roll in the '90s",
        "a t-shirt, the 4-wheeler and a merry-go-round.|"
            + "a t-shirt the 4-wheeler and a merry-go-round",
        "5,000.50 at 10:30 p.m. on 9/11/2001, 3/4 of 50% #1|"
            + "5,000.50 at 10:30 p.m. on 9/11/2001 3/4 of 50 % # 1",
        "Mr. Smith Jr. of St. Louis, U.S.A. etc. no.5|mr. smith jr. of st. louis u.s.a. etc. no. 5",
        "the (red) [blue] {x}|the -lrb- red -rrb- -lsb- blue -rsb- -lcb- x -rcb-",
        "black&white AT&T's|black & white at&t 's",
        "in/out at dot.com, see http://www.x.org/a?b=c or me@x.org|"
            + "in/out at dot.com see http://www.x.org/a?b=c or me@x.org",
        "``quoted'' \"it\" 'single' \u201ccurly\u201d \u2018one\u2019 \u2014 \u2026 ...|"
            + "quoted it single curly one",
        "what !? !!! ?|what !? !!!",
        "6'2\" tall|6 2 tall",
        "Caf\u00e9 \u4e00\u53ea\u9ed1\u8272\u7684\u72d7|caf\u00e9 \u4e00\u53ea\u9ed1\u8272\u7684\u72d7",
        "O'Neil and ma'am|o'neil and ma'am",
        "dog\u2019s don\u2019t|dog 's do n't",
      })
  void cutsAsStanfordDoes(String caption, String tokens) {
    assertThat(String.join(" ", PtbTokenizer.tokens(caption))).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({"''", "' . '", "'\"\"'", "'\t\u00a0 ,'"})
  void findsNoneInPunctuation(String caption) {
    assertThat(PtbTokenizer.tokens(caption)).isEmpty();
  }
}
