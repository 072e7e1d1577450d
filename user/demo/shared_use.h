/* What server and client agree on: the key of the segment and what lies in it. */

#ifndef SHARED_USE_H
#define SHARED_USE_H

#define SHARED_KEY 1234
#define TEXT_SIZE 2048

struct shared_use_st {
	int written_by_you; /* 1: there is a text that the server has not seen yet */
	char some_text[TEXT_SIZE];
};

#endif
