/* A real transform of 512 samples in 16 bits, by a complex one of 256 points in four stages of radix 4.
 *
 * Every stage first divides by 4, so that sums stay near 16 bits; each product is rounded to 15 fraction
 * bits, and what still overflows wraps. The divisors are rounded constants and the twiddles stop at 32767:
 * results must equal kissfft's to the bit, and these are its choices. The order of the points is our own,
 * made for vector units: after the stage that ends with transforms of `length` points, point k of the
 * transform of every (256 / length)th sample from sample j on is at k * (256 / length) + j in the first two
 * stages, at j * length + k in the last two. So the innermost loop always runs over neighbours, and one
 * transposition in the middle is all the shuffling. */

#include "features_tables.h"
#include "lanes.h"
#include "steps.h"

#define QUARTER 8191 /* 32767 / 4, as kissfft rounds it */
#define HALF 16383
#define HALF_POINTS (FEATURES_POINTS / 2)

/* Rows of points that lie `stride` apart, and rows of twiddles that lie `length` apart. */
typedef struct {
  int16_t *re;
  int16_t *im;
  int stride;
} rows;

typedef struct {
  const int16_t *re;
  const int16_t *im;
  int length;
} twiddles;

/* Joins four transforms: butterflies between neighbours of four rows, `count` of them (a multiple of 8). Each
 * takes its own twiddles if `twiddle_step` is 1, all the same if it is 0; with length 1 twiddles are left
 * out, for they are all one. */
static inline void join_four(rows in, rows out, int count, twiddles twiddle, int twiddle_step) {
  const int16_t *restrict in_re = in.re, *restrict in_im = in.im;
  int16_t *restrict out_re = out.re, *restrict out_im = out.im;
  for (int i = 0; i < count; i += LANES) {
    lanes re[4], im[4];
    for (int row = 0; row < 4; row++) {
      re[row] = lanes_scale(lanes_load(in_re + row * in.stride + i), QUARTER);
      im[row] = lanes_scale(lanes_load(in_im + row * in.stride + i), QUARTER);
      if (row == 0 || twiddle.length == 1) continue;
      int at = (row - 1) * twiddle.length + i * twiddle_step;
      lanes cosine = twiddle_step ? lanes_load(twiddle.re + at) : lanes_all(twiddle.re[at]);
      lanes sine = twiddle_step ? lanes_load(twiddle.im + at) : lanes_all(twiddle.im[at]);
      lanes turned = lanes_two_products(re[row], cosine, im[row], lanes_subtract(lanes_all(0), sine));
      im[row] = lanes_two_products(re[row], sine, im[row], cosine);
      re[row] = turned;
    }
    lanes even_sum_re = lanes_add(re[0], re[2]), even_sum_im = lanes_add(im[0], im[2]);
    lanes even_gap_re = lanes_subtract(re[0], re[2]), even_gap_im = lanes_subtract(im[0], im[2]);
    lanes odd_sum_re = lanes_add(re[1], re[3]), odd_sum_im = lanes_add(im[1], im[3]);
    lanes odd_gap_re = lanes_subtract(re[1], re[3]), odd_gap_im = lanes_subtract(im[1], im[3]);
    lanes_store(out_re + i, lanes_add(even_sum_re, odd_sum_re));
    lanes_store(out_im + i, lanes_add(even_sum_im, odd_sum_im));
    lanes_store(out_re + out.stride + i, lanes_add(even_gap_re, odd_gap_im));
    lanes_store(out_im + out.stride + i, lanes_subtract(even_gap_im, odd_gap_re));
    lanes_store(out_re + 2 * out.stride + i, lanes_subtract(even_sum_re, odd_sum_re));
    lanes_store(out_im + 2 * out.stride + i, lanes_subtract(even_sum_im, odd_sum_im));
    lanes_store(out_re + 3 * out.stride + i, lanes_subtract(even_gap_re, odd_gap_im));
    lanes_store(out_im + 3 * out.stride + i, lanes_add(even_gap_im, odd_gap_re));
  }
}

static rows rows_at(features_points *points, int first, int stride) {
  return (rows){points->re + first, points->im + first, stride};
}

static void transpose(const int16_t *restrict from, int16_t *restrict to) {
  for (int row = 0; row < 16; row++)
    for (int column = 0; column < 16; column++) to[column * 16 + row] = from[row * 16 + column];
}

/* From scratch->a to scratch->b, back and forth. */
static void transform(features_scratch *scratch) {
  features_points *a = &scratch->a, *b = &scratch->b;
  join_four(rows_at(a, 0, 64), rows_at(b, 0, 64), 64, (twiddles){0, 0, 1}, 0);
  for (int k = 0; k < 4; k++) {
    twiddles same = {features_twiddle4_re + k, features_twiddle4_im + k, 4};
    join_four(rows_at(b, 64 * k, 16), rows_at(a, 16 * k, 64), 16, same, 0);
  }
  transpose(a->re, b->re);
  transpose(a->im, b->im);
  for (int j = 0; j < 4; j++) {
    twiddles own = {features_twiddle16_re, features_twiddle16_im, 16};
    join_four(rows_at(b, 16 * j, 64), rows_at(a, 64 * j, 16), 16, own, 1);
  }
  join_four(rows_at(a, 0, 64), rows_at(b, 0, 64), 64,
            (twiddles){features_twiddle64_re, features_twiddle64_im, 64}, 1);
}

/* Tells the even samples' spectrum from the odd samples' in points k and 256 - k, 1 to 128, and joins them
 * into the energies of bins k and 256 - k of the real transform. */
static void split(features_scratch *scratch, uint32_t energy[HALF_POINTS + 1],
                  uint32_t mirror_energy[HALF_POINTS + 1]) {
  const features_points *points = &scratch->b;
  /* Mirrored beforehand, so that everything below runs forward; the imaginary part with its sign turned. */
  int16_t *restrict mirror_re = scratch->a.re, *restrict mirror_im = scratch->a.im;
  for (int k = 1; k <= HALF_POINTS; k++) {
    mirror_re[k] = points->re[FEATURES_POINTS - k];
    mirror_im[k] = (int16_t)-points->im[FEATURES_POINTS - k];
  }
  for (int k = 1; k <= HALF_POINTS; k += LANES) {
    lanes re = lanes_scale(lanes_load(points->re + k), HALF),
          im = lanes_scale(lanes_load(points->im + k), HALF);
    lanes far_re = lanes_scale(lanes_load(mirror_re + k), HALF),
          far_im = lanes_scale(lanes_load(mirror_im + k), HALF);
    lanes even_re = lanes_add(re, far_re), even_im = lanes_add(im, far_im);
    lanes odd_re = lanes_subtract(re, far_re), odd_im = lanes_subtract(im, far_im);
    lanes cosine = lanes_load(features_split_re + k), sine = lanes_load(features_split_im + k);
    lanes turned_re = lanes_two_products(odd_re, cosine, odd_im, lanes_subtract(lanes_all(0), sine));
    lanes turned_im = lanes_two_products(odd_re, sine, odd_im, cosine);
    lanes_store_squares(energy + k, lanes_half_sum(even_re, turned_re), lanes_half_sum(even_im, turned_im));
    lanes_store_squares(mirror_energy + k, lanes_half_difference(even_re, turned_re),
                        lanes_half_difference(turned_im, even_im));
  }
}

void features_take_energy(features_scratch *scratch, uint32_t energy[FEATURES_POINTS]) {
  uint32_t mirror_energy[HALF_POINTS + 1];
  transform(scratch);
  split(scratch, energy, mirror_energy);
  /* The middle bin is its own mirror; kissfft keeps the mirrored reading. */
  for (int k = 1; k <= HALF_POINTS; k++) energy[FEATURES_POINTS - k] = mirror_energy[k];
}
