/* The operators of jarvis.tflite, phones.tflite, by their numbers in TensorFlow Lite's schema. Written by
 * `npm run pack`. */
#define MODEL_OPERATORS 0, 2, 3, 4, 9, 14, 22, 45, 114, 129, 142, 143, 144
