// htmx swaps parts of pages; how it is set stands in the layout's meta element.
import "htmx.org";
