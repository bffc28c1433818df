/** 256 short words, easy to say and hard to mishear. Their order is part of the code: it never changes. */
export const SAFETY_WORDS: readonly string[] = `
  able acid acorn actor agile album alley amber anchor angel ankle apple april apron arrow atlas attic
  autumn badge baker bamboo banjo barn basil basket beach beaver bell berry bike birch bison blanket
  blossom blue boat bonfire book bottle bowl branch brave bread breeze brick bridge brush bubble
  bucket butter button cabin cactus camel camera candle canoe canyon carbon carpet carrot castle cedar
  cello chalk cherry chess church cider circle citrus clay cliff clock cloud clover coast cobalt cocoa
  coffee comet copper coral cotton cradle crane crayon cricket crown crystal cube cycle daisy dance
  dawn deer delta desert diamond dolphin donkey dragon dream drum eagle easel echo eight elbow elk
  ember engine falcon feather fern fiddle fig finch flame flute forest fossil fox frost galaxy garden
  garlic gecko ginger glacier globe glove goat gold grape gravel green guitar hammer harbor harp hawk
  hazel hedge helmet heron hill honey horse igloo indigo iris island ivory ivy jacket jade jaguar
  jasmine jelly jewel jungle kayak kettle kite kiwi koala ladder lagoon lake lamp lantern laurel lemon
  lentil lily lime linen lion lizard lobster lotus magnet mango maple marble meadow melon mint mirror
  monkey moon mosaic moss motor mountain museum nectar needle nest nickel noodle north nutmeg oak
  oasis oat ocean olive onion opal orange orbit orchid otter oven owl oyster paddle palm panda paper
  parrot peach pearl pebble pencil pepper piano pigeon pine planet plum pocket polar pony poppy prism
  pumpkin quartz quilt rabbit radar radio raft rain raven reef ribbon river robin rocket rose saddle
  saffron sail
`
  .trim()
  .split(/\s+/);
