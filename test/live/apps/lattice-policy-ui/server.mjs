// Stand-in for LatticePolicy's browser app; see ../README.md.
import { servePage } from "/app/lib/page.mjs";

servePage({ title: "LatticePolicy", variable: "VITE_API_BASE_URL", port: 80 });
